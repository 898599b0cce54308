using System.Collections.Concurrent;
using System.Globalization;
using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Sway;

/// <summary>
/// Windows of a tiling compositor. What has a place of its own floats: to move or maximise a tiled window makes it float.
/// sway has no minimising: the scratchpad takes its place, and a window that was tiled is tiled again when it comes back.
/// </summary>
sealed class SwayWindows(ISwayIpc sway) : IWindows
{
    // A program answers a new size with the one that it takes; sway waits for it no longer than this either (its transactions).
    static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(100);
    const int SettleRounds = 10;

    readonly ConcurrentDictionary<long, bool> hiddenWhileTiled = new();
    readonly ConcurrentDictionary<long, ScreenRectangle> framesBeforeMaximising = new();

    public async Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var layout = await sway.GetLayoutAsync(cancellationToken);
        return [.. (await ReadAsync(cancellationToken)).Select(window => Describe(window, layout))];
    }

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken)
    {
        var window = await BringBackAsync(id, cancellationToken);
        var layout = await sway.GetLayoutAsync(cancellationToken);
        var (left, top, output) = layout.ToLogicalCorner(x, y);
        var size = framesBeforeMaximising.TryRemove(window.ContainerId, out var before) ? before : window.Frame;
        await PlaceAsync(
            window,
            (int)Math.Round(left), (int)Math.Round(top),
            width is { } pixelsAcross ? Units(pixelsAcross, output) : size.Width,
            height is { } pixelsDown ? Units(pixelsDown, output) : size.Height,
            cancellationToken);
        return Describe(await SettleAsync(id, cancellationToken), layout);
    }

    public async Task MinimizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        if (window.IsHidden) return;
        await sway.RunAsync($"[con_id={window.Id}] move scratchpad", cancellationToken);
        if (!window.IsFloating) hiddenWhileTiled[window.ContainerId] = true;
    }

    public async Task MaximizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = await BringBackAsync(id, cancellationToken);
        var space = window.Workspace ?? throw new ActionFailedException($"The window {id} is on no workspace to fill.");
        if (window.Frame != space) framesBeforeMaximising[window.ContainerId] = window.Frame;
        await PlaceAsync(window, space.X, space.Y, space.Width, space.Height, cancellationToken);
        await SettleAsync(id, cancellationToken);
    }

    public async Task FocusAsync(string id, CancellationToken cancellationToken)
    {
        await BringBackAsync(id, cancellationToken);
        await sway.RunAsync($"[con_id={id}] focus", cancellationToken);
    }

    public async Task CloseAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        await sway.RunAsync($"[con_id={window.Id}] kill", cancellationToken);
    }

    async Task<SwayWindow> BringBackAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        if (!window.IsHidden) return window;
        await sway.RunAsync($"[con_id={window.Id}] scratchpad show", cancellationToken);
        if (hiddenWhileTiled.TryRemove(window.ContainerId, out _))
            await sway.RunAsync($"[con_id={window.Id}] floating disable", cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    async Task PlaceAsync(SwayWindow window, int x, int y, int width, int height, CancellationToken cancellationToken)
    {
        var target = $"[con_id={window.Id}]";
        if (window.IsFullscreen) await sway.RunAsync($"{target} fullscreen disable", cancellationToken);
        if (!window.IsFloating) await sway.RunAsync($"{target} floating enable", cancellationToken);
        // The program answers either with a size of its own, which would overtake ours.
        if (window.IsFullscreen || !window.IsFloating) await SettleAsync(window.Id, cancellationToken);
        await sway.RunAsync($"{target} resize set width {width} px height {height} px", cancellationToken);
        await sway.RunAsync($"{target} move absolute position {x} px {y} px", cancellationToken);
    }

    async Task<SwayWindow> SettleAsync(string id, CancellationToken cancellationToken)
    {
        var seen = await FindAsync(id, cancellationToken);
        for (var round = 0; round < SettleRounds; round++)
        {
            await Task.Delay(SettlePause, cancellationToken);
            var now = await FindAsync(id, cancellationToken);
            if (now.Frame == seen.Frame) return now;
            seen = now;
        }

        return seen;
    }

    async Task<SwayWindow> FindAsync(string id, CancellationToken cancellationToken) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var containerId)
        && (await ReadAsync(cancellationToken)).FirstOrDefault(window => window.ContainerId == containerId) is { } window
            ? window
            : throw new NotFoundException($"No window has the id {id}.");

    async Task<IReadOnlyList<SwayWindow>> ReadAsync(CancellationToken cancellationToken) =>
        SwayTree.Read(await sway.AskAsync(SwayMessage.GetTree, "", cancellationToken));

    static int Units(int pixels, PlacedOutput output) => Math.Max(1, (int)Math.Round(output.ToLogicalLength(pixels)));

    static WindowInfo Describe(SwayWindow window, PhysicalLayout layout) => new(
        window.Id, window.Title, window.App, window.ProcessId, layout.ToPhysical(window.Frame), window.IsFocused, window.IsHidden);
}
