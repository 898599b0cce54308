using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Windows;

/// <summary>Windows by <c>zwlr_foreign_toplevel_management_v1</c>, for compositors without an IPC that we speak. Nobody tells a place or a process: bounds are 0x0.</summary>
sealed class ToplevelWindows(CompositorSession session) : IWindows
{
    static readonly TimeSpan StateDeadline = TimeSpan.FromSeconds(2);
    static readonly TimeSpan StatePoll = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var (_, toplevels) = await ReadAsync(cancellationToken);
        return [.. toplevels.Select(Describe)];
    }

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        throw new UnsupportedException(
            "This compositor has no way to move another program's window: Wayland's zwlr_foreign_toplevel_management_v1 has none. Under sway it works through sway's own IPC.");
    }

    public Task MinimizeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "minimise", (toplevel, _) => toplevel.Minimize(), ToplevelState.Minimized, cancellationToken);

    public Task MaximizeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "maximise", (toplevel, _) => toplevel.Maximize(), ToplevelState.Maximized, cancellationToken);

    public Task FocusAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, "focus", (toplevel, client) =>
    {
        toplevel.Unminimize();
        toplevel.Activate(CompositorClient.Require(client.Seat, Seat.Interface));
    }, ToplevelState.Activated, cancellationToken);

    public async Task CloseAsync(string id, CancellationToken cancellationToken)
    {
        var (client, toplevel) = await FindAsync(id, cancellationToken);
        toplevel.Close();
        await client.Connection.RoundtripAsync(cancellationToken);
    }

    // The requests are hints: only the state that comes back tells whether the compositor took them.
    async Task ChangeAsync(string id, string action, Action<ForeignToplevel, CompositorClient> request, ToplevelState expected, CancellationToken cancellationToken)
    {
        var (client, toplevel) = await FindAsync(id, cancellationToken);
        request(toplevel, client);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StateDeadline);
        try
        {
            await client.Connection.RoundtripAsync(deadline.Token);
            while (!toplevel.States.Contains(expected)) await Task.Delay(StatePoll, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ActionFailedException($"The compositor did not {action} \"{toplevel.Title}\" within {StateDeadline.TotalSeconds:0} s; it may not know that action.");
        }
    }

    async Task<(CompositorClient Client, ForeignToplevel Toplevel)> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (client, toplevels) = await ReadAsync(cancellationToken);
        return (client, toplevels.FirstOrDefault(toplevel => IdOf(toplevel) == id) ?? throw new NotFoundException($"No window has the id {id}."));
    }

    async Task<(CompositorClient Client, IReadOnlyList<ForeignToplevel> Toplevels)> ReadAsync(CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        var manager = CompositorClient.Require(client.Toplevels, ForeignToplevelManager.Interface);
        await client.Connection.RoundtripAsync(cancellationToken);
        return (client, manager.Toplevels);
    }

    static WindowInfo Describe(ForeignToplevel toplevel) => new(
        IdOf(toplevel), toplevel.Title, toplevel.AppId, null, default,
        toplevel.States.Contains(ToplevelState.Activated), toplevel.States.Contains(ToplevelState.Minimized));

    static string IdOf(ForeignToplevel toplevel) => $"toplevel-{toplevel.Number}";
}
