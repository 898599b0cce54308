using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Windows by their handles. A call asks without waiting for the window's own thread, and returns when the window shows what was asked.</summary>
[SupportedOSPlatform("windows")]
sealed class TopLevelWindows(TimeProvider time) : IWindows
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>For how long a window's place must not change any more.</summary>
    static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(150);

    public Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<WindowInfo>>(
        () =>
        {
            WindowsSession.RequireDesktop();
            return [.. WindowReader.ReadAll().Select(window => window.Info)];
        },
        cancellationToken);

    public async Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken)
    {
        var window = Find(id);
        if (window.Maximized || window.Info.Minimized)
        {
            // A minimised window that was maximised comes back maximised first.
            if (window.Info.Minimized) window = await RestoreAsync(window, User32.ShowNoActivate, now => !now.Info.Minimized, cancellationToken);
            if (window.Maximized) window = await RestoreAsync(window, User32.Restore, now => !now.Maximized, cancellationToken);
        }

        var frame = new ScreenRectangle(x, y, width ?? window.Info.Bounds.Width, height ?? window.Info.Bounds.Height);
        for (var attempt = 0; ; attempt++)
        {
            Place(window, frame, keepSize: width is null && height is null);
            var placed = await SettledAsync(window, cancellationToken);
            if (placed.Info.Bounds == frame) return placed.Info;
            // Once more: a window that comes to a monitor of another scale factor resizes itself.
            if (attempt == 0) window = placed;
            else if ((placed.Info.Bounds.X, placed.Info.Bounds.Y) == (x, y)) return placed.Info;
            else throw new ActionFailedException($"The window did not move to ({x}, {y}): {Describe(placed)}.");
        }
    }

    public async Task MinimizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = Find(id);
        Show(window, User32.ShowMinimized);
        await UntilAsync(window, now => now.Info.Minimized, "minimise", cancellationToken);
    }

    public async Task MaximizeAsync(string id, CancellationToken cancellationToken)
    {
        var window = Find(id);
        Show(window, User32.ShowMaximized);
        await UntilAsync(window, now => now is { Maximized: true, Info.Minimized: false }, "maximise", cancellationToken);
        // Under Wine the window manager gives the size later than the state.
        await SettledAsync(window, cancellationToken);
    }

    public async Task FocusAsync(string id, CancellationToken cancellationToken)
    {
        var window = Find(id);
        WindowsSession.RequireUnlocked();
        if (window.Info.Minimized) window = await RestoreAsync(window, User32.Restore, now => !now.Info.Minimized, cancellationToken);

        // Windows lets only the program that had the last input take the foreground. A key that nobody has makes us that program.
        if (!BringToFront(window))
        {
            InputSender.Send(new KeyGesture(new ForegroundLayout()).Press(VirtualKeys.Unassigned));
            BringToFront(window);
        }

        await UntilAsync(window, now => now.Info.Focused || User32.GetForegroundWindow() == User32.GetLastActivePopup(now.Handle), "come to the front", cancellationToken);
    }

    public Task CloseAsync(string id, CancellationToken cancellationToken)
    {
        var window = Find(id);
        if (!User32.PostMessage(window.Handle, User32.Close, 0, 0)) throw Refused(window, "asked to close");
        return Task.CompletedTask;
    }

    static bool BringToFront(WindowFacts window)
    {
        const nint top = 0;
        User32.SetWindowPos(window.Handle, top, 0, 0, 0, 0, User32.NoMove | User32.NoSize | User32.NoActivate | User32.AsyncPosition);
        return User32.SetForegroundWindow(User32.GetLastActivePopup(window.Handle));
    }

    async Task<WindowFacts> RestoreAsync(WindowFacts window, int command, Func<WindowFacts, bool> done, CancellationToken cancellationToken)
    {
        Show(window, command);
        await UntilAsync(window, done, "be restored", cancellationToken);
        return await SettledAsync(window, cancellationToken);
    }

    static void Show(WindowFacts window, int command)
    {
        if (!User32.ShowWindowAsync(window.Handle, command)) throw Refused(window, "shown otherwise");
    }

    static void Place(WindowFacts window, ScreenRectangle frame, bool keepSize)
    {
        const uint flags = User32.NoZOrder | User32.NoOwnerZOrder | User32.NoActivate | User32.AsyncPosition;
        var outer = window.OuterFor(frame);
        if (!User32.SetWindowPos(window.Handle, 0, outer.X, outer.Y, outer.Width, outer.Height, keepSize ? flags | User32.NoSize : flags))
            throw Refused(window, "moved");
    }

    static ActionFailedException Refused(WindowFacts window, string what) => Marshal.GetLastPInvokeError() == Kernel32.AccessDenied
        ? new ActionFailedException($"{Describe(window)} belongs to a program that runs elevated and can't be {what} by one that does not. Start the Node elevated.")
        : WindowsErrors.Last($"{Describe(window)} can't be {what}");

    static WindowFacts Find(string id)
    {
        WindowsSession.RequireDesktop();
        return WindowId.Parse(id) is { } handle && WindowReader.Read(handle) is { } window
            ? window
            : throw new NotFoundException($"There is no window with the id {id}.");
    }

    async Task<WindowFacts> UntilAsync(WindowFacts window, Func<WindowFacts, bool> done, string what, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var now = Find(window.Info.Id);
            if (done(now)) return now;
            if (time.GetElapsedTime(start) > Patience)
                throw new ActionFailedException($"The window did not {what} within {Patience.TotalSeconds:0} s: {Describe(now)}. Its program may hang, or show a dialog.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    async Task<WindowFacts> SettledAsync(WindowFacts window, CancellationToken cancellationToken)
    {
        var (start, calmSince, last) = (time.GetTimestamp(), time.GetTimestamp(), Find(window.Info.Id));
        while (time.GetElapsedTime(calmSince) < Calm && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var now = Find(window.Info.Id);
            if (now.Outer != last.Outer) calmSince = time.GetTimestamp();
            last = now;
        }

        return last;
    }

    static string Describe(WindowFacts window) => $"window {window.Info.Id} \"{window.Info.Title}\" ({window.Info.Bounds}{(window.Info.Minimized ? ", minimised" : "")})";
}
