using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Windows by System Events; a call returns when the window shows what was asked.</summary>
sealed class MacWindows(MacScripts scripts, MacMonitors monitors, MacPermissions permissions, TimeProvider time) : IWindows
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        var map = await monitors.ReadAsync(cancellationToken);
        var windows = await ReadAsync(cancellationToken);
        return [.. windows.Reverse().Select(window => window.Describe(map))];
    }

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        var map = await monitors.ReadAsync(cancellationToken);
        var now = (await FindAsync(id, cancellationToken)).Describe(map).Bounds;
        var frame = map.ToPoints(new ScreenPoint(x, y), width ?? now.Width, height ?? now.Height);
        await PlaceAsync(id, frame, resize: width is not null || height is not null, cancellationToken);
        var moved = await UntilAsync(id, window => window.X == frame.X && window.Y == frame.Y, $"move to ({x}, {y})", cancellationToken);
        return moved.Describe(map);
    }

    public async Task MinimizeAsync(string id, CancellationToken cancellationToken)
    {
        await ActAsync(id, "minimize", cancellationToken);
        await UntilAsync(id, window => window.Minimized, "minimise", cancellationToken);
    }

    // macOS has no such state: the window fills what the menu bar and the Dock leave of its monitor.
    public async Task MaximizeAsync(string id, CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        var map = await monitors.ReadAsync(cancellationToken);
        var monitor = map.MonitorOf((await FindAsync(id, cancellationToken)).Frame);
        var area = Array.Find(await scripts.RunAsync<UsableArea[]>("usable-area", new { }, cancellationToken), candidate => candidate.Id == monitor)
            ?? throw new ActionFailedException("The monitor was removed meanwhile.");
        await PlaceAsync(id, new PointRectangle(area.X, area.Y, area.Width, area.Height), resize: true, cancellationToken);
        await UntilAsync(id, window => !window.Minimized && window.X == area.X && window.Y == area.Y, "fill its monitor", cancellationToken);
    }

    public async Task FocusAsync(string id, CancellationToken cancellationToken)
    {
        await ActAsync(id, "focus", cancellationToken);
        await UntilAsync(id, window => window is { Focused: true, Minimized: false }, "come to the front", cancellationToken);
    }

    public Task CloseAsync(string id, CancellationToken cancellationToken) => ActAsync(id, "close", cancellationToken);

    async Task ActAsync(string id, string action, CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        await scripts.RunAsync("window-act", new { id, action }, cancellationToken);
    }

    Task PlaceAsync(string id, PointRectangle frame, bool resize, CancellationToken cancellationToken) => scripts.RunAsync(
        "window-act",
        new { id, action = "place", x = frame.X, y = frame.Y, width = resize ? frame.Width : (double?)null, height = resize ? frame.Height : (double?)null },
        cancellationToken);

    async Task<IReadOnlyList<MacWindow>> ReadAsync(CancellationToken cancellationToken) =>
        await scripts.RunAsync<MacWindow[]>("windows-list", new { }, cancellationToken);

    async Task<MacWindow> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(window => window.Id == id)
        ?? throw new NotFoundException($"There is no window with the id {id}.");

    async Task<MacWindow> UntilAsync(string id, Func<MacWindow, bool> done, string what, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var window = await FindAsync(id, cancellationToken);
            if (done(window)) return window;
            if (time.GetElapsedTime(start) > Patience)
                throw new ActionFailedException($"The window {id} \"{window.Title}\" did not {what} within {Patience.TotalSeconds:0} s; its program may not allow it, or show a dialog.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    sealed record UsableArea(string Id, double X, double Y, double Width, double Height);

    /// <summary>As <c>windows-list.js</c> tells it, in points.</summary>
    sealed record MacWindow(string Id, string Title, string App, int ProcessId, double X, double Y, double Width, double Height, bool Focused, bool Minimized)
    {
        public PointRectangle Frame => new(X, Y, Width, Height);

        public WindowInfo Describe(PointMap map) => new(Id, Title, App, ProcessId, map.ToPixels(Frame), Focused, Minimized);
    }
}
