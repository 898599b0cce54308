using System.Globalization;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Windows by wmctrl and xdotool; a call returns when the window's own properties show what was asked.</summary>
sealed class ToolsWindows(X11Helpers helpers, TimeProvider time) : IWindows
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    readonly WindowReader reader = new(helpers);

    public async Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await reader.ReadAllAsync(cancellationToken)).Select(window => window.Info)];

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        if (window.Maximized)
        {
            await helpers.RunAsync("wmctrl", ["-i", "-r", window.Info.Id, "-b", "remove,maximized_vert,maximized_horz"], cancellationToken);
            window = await UntilAsync(window, now => !now.Maximized, "restore it", cancellationToken);
        }

        // wmctrl takes the size of the client; -1 keeps it. Gravity 1, NorthWest: x and y are the frame's corner.
        var frame = window.Frame;
        var clientWidth = width is null ? -1 : Math.Max(1, width.Value - frame.Left - frame.Right);
        var clientHeight = height is null ? -1 : Math.Max(1, height.Value - frame.Top - frame.Bottom);
        var place = string.Create(CultureInfo.InvariantCulture, $"1,{x},{y},{clientWidth},{clientHeight}");
        await helpers.RunAsync("wmctrl", ["-i", "-r", window.Info.Id, "-e", place], cancellationToken);

        // The size is the program's to round (a terminal has whole cells), so it is waited for, and reported as it is.
        var asked = new ScreenRectangle(x, y, width ?? window.Info.Bounds.Width, height ?? window.Info.Bounds.Height);
        var moved = await UntilAsync(window, now => (now.Info.Bounds.X, now.Info.Bounds.Y) == (x, y), $"move it to ({x}, {y})", cancellationToken);
        return (moved.Info.Bounds == asked ? moved : await SettledAsync(moved, cancellationToken)).Info;
    }

    public async Task MinimizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        await helpers.RunAsync("xdotool", ["windowminimize", window.Info.Id], cancellationToken);
        await UntilAsync(window, now => now.Info.Minimized, "minimise it", cancellationToken);
    }

    public async Task MaximizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        if (window.Info.Minimized) await ActivateAsync(window, cancellationToken);
        await helpers.RunAsync("wmctrl", ["-i", "-r", window.Info.Id, "-b", "add,maximized_vert,maximized_horz"], cancellationToken);
        await UntilAsync(window, now => now.Maximized && !now.Info.Minimized, "maximise it", cancellationToken);
    }

    public async Task FocusAsync(string id, CancellationToken cancellationToken) =>
        await ActivateAsync(await FindAsync(id, cancellationToken), cancellationToken);

    public async Task CloseAsync(string id, CancellationToken cancellationToken)
    {
        var window = await FindAsync(id, cancellationToken);
        await helpers.RunAsync("wmctrl", ["-i", "-c", window.Info.Id], cancellationToken);
    }

    async Task ActivateAsync(WindowFacts window, CancellationToken cancellationToken)
    {
        await helpers.RunAsync("wmctrl", ["-i", "-a", window.Info.Id], cancellationToken);
        await UntilAsync(window, now => now.Info is { Focused: true, Minimized: false }, "give it the keyboard", cancellationToken);
    }

    async Task<WindowFacts> FindAsync(string id, CancellationToken cancellationToken) =>
        WindowId.Parse(id) is { } number && await reader.ReadAsync(number, cancellationToken) is { } window
            ? window
            : throw new NotFoundException($"There is no window with the id {id}.");

    // wmctrl only sends a message to the window manager, which may ignore it; the window tells what was done.
    async Task<WindowFacts> UntilAsync(WindowFacts window, Func<WindowFacts, bool> done, string what, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var now = await FindAsync(window.Info.Id, cancellationToken);
            if (done(now)) return now;
            if (time.GetElapsedTime(start) > Patience)
                throw new ActionFailedException($"The window manager did not {what}: window {now.Info.Id} \"{now.Info.Title}\" is {now.Info.Bounds}{(now.Info.Minimized ? ", minimised" : "")}.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // Settled: the same bounds seen for a while.
    async Task<WindowFacts> SettledAsync(WindowFacts window, CancellationToken cancellationToken)
    {
        const int calmRounds = 8;
        for (var calm = 0; calm < calmRounds; calm++)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var now = await FindAsync(window.Info.Id, cancellationToken);
            if (now.Info.Bounds != window.Info.Bounds) calm = 0;
            window = now;
        }

        return window;
    }
}
