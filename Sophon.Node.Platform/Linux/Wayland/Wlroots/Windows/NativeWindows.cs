using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Windows;

/// <summary>sway's IPC where the compositor is sway, foreign-toplevel elsewhere; chosen anew at each call, for the compositor may have changed.</summary>
sealed class NativeWindows : IWindows
{
    readonly CompositorSession session;
    readonly SwayWindows sway;
    readonly ToplevelWindows toplevels;

    public NativeWindows(CompositorSession session)
    {
        this.session = session;
        sway = new SwayWindows(new SwaySocket(async token =>
            await SwaySocketAsync(token) ?? throw new DisplayUnavailableException("Sway has just ended.")));
        toplevels = new ToplevelWindows(session);
    }

    public async Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).ListAsync(cancellationToken);

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).MoveAsync(id, x, y, width, height, cancellationToken);

    public async Task MinimizeAsync(string id, CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).MinimizeAsync(id, cancellationToken);

    public async Task MaximizeAsync(string id, CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).MaximizeAsync(id, cancellationToken);

    public async Task FocusAsync(string id, CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).FocusAsync(id, cancellationToken);

    public async Task CloseAsync(string id, CancellationToken cancellationToken) =>
        await (await ChooseAsync(cancellationToken)).CloseAsync(id, cancellationToken);

    async Task<IWindows> ChooseAsync(CancellationToken cancellationToken) =>
        await SwaySocketAsync(cancellationToken) is null ? toplevels : sway;

    async Task<string?> SwaySocketAsync(CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        return session.Environment.SwaySocketOf(client.Connection.CompositorProcessId);
    }
}
