using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Windows through the window manager (EWMH, ICCCM). Each change is confirmed by the window's own properties.</summary>
sealed class NativeWindows(X11Display display) : IWindows
{
    public Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken) => display.RunAsync(async session =>
    {
        var manager = new WindowManager(session, cancellationToken);
        var (windows, active) = (await manager.ListAsync(), await manager.ActiveAsync());
        Task<WindowFacts?>[] facts;
        using (session.Connection.Hold()) facts = [.. windows.Select(window => WindowFacts.ReadAsync(session, window, active, cancellationToken))];
        // One that closes meanwhile is not listed.
        return (IReadOnlyList<WindowInfo>)[.. (await Task.WhenAll(facts)).OfType<WindowFacts>().Where(window => !window.IsShell).Select(window => window.Info)];
    }, cancellationToken);

    public Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken) => WithAsync(id, async (manager, facts, _) =>
    {
        var window = facts.Window;
        if (facts.MaximizedHorizontally || facts.MaximizedVertically || facts.Fullscreen)
        {
            facts = await manager.DoAsync(window,
                [
                    manager.ChangeState(window, add: false, XAtom._NET_WM_STATE_MAXIMIZED_HORZ, XAtom._NET_WM_STATE_MAXIMIZED_VERT),
                    manager.ChangeState(window, add: false, XAtom._NET_WM_STATE_FULLSCREEN),
                ],
                (now, still) => still && now is { MaximizedHorizontally: false, MaximizedVertically: false, Fullscreen: false },
                "The window manager did not restore");
        }

        int? inner(int? outer, int frame) => outer is { } value ? Math.Max(1, value - frame) : null;
        var moved = await manager.DoAsync(window,
            [manager.MoveResize(window, x, y, inner(width, facts.Frame.Width), inner(height, facts.Frame.Height))],
            // A size may be rounded, a terminal's to whole cells: then it is done when nothing moves any more.
            (now, still) => now.Info.Bounds is var bounds && (bounds.X, bounds.Y) == (x, y)
                && (still || ((width ?? bounds.Width, height ?? bounds.Height) == (bounds.Width, bounds.Height))),
            $"The window manager did not move to ({x}, {y})");
        return moved.Info;
    }, cancellationToken);

    public Task MinimizeAsync(string id, CancellationToken cancellationToken) => WithAsync(id, (manager, facts, _) =>
        manager.DoAsync(facts.Window, [manager.Minimize(facts.Window)], (now, _) => now.Info.Minimized, "The window manager did not minimize"), cancellationToken);

    public Task MaximizeAsync(string id, CancellationToken cancellationToken) => WithAsync(id, async (manager, facts, session) =>
    {
        var window = facts.Window;
        if (facts.Info.Minimized) await FocusAsync(manager, window, session, cancellationToken);
        return await manager.DoAsync(window,
            [manager.ChangeState(window, add: true, XAtom._NET_WM_STATE_MAXIMIZED_HORZ, XAtom._NET_WM_STATE_MAXIMIZED_VERT)],
            (now, _) => now.Maximized && !now.Info.Minimized, "The window manager did not maximize");
    }, cancellationToken);

    public Task FocusAsync(string id, CancellationToken cancellationToken) => WithAsync(id, (manager, facts, session) =>
        FocusAsync(manager, facts.Window, session, cancellationToken), cancellationToken);

    public Task CloseAsync(string id, CancellationToken cancellationToken) => WithAsync(id, async (manager, facts, session) =>
    {
        var time = await session.GetTimeAsync(cancellationToken);
        await session.Connection.SendAsync([manager.Close(facts.Window, time)], cancellationToken);
        return facts;
    }, cancellationToken);

    static async Task<WindowFacts> FocusAsync(WindowManager manager, uint window, X11Session session, CancellationToken cancellationToken)
    {
        var time = await session.GetTimeAsync(cancellationToken);
        return await manager.DoAsync(window, [manager.Activate(window, time)],
            async (now, _) => now.Info is { Focused: true, Minimized: false } && await manager.HasKeyboardAsync(window), "The keyboard was not given to");
    }

    Task<T> WithAsync<T>(string id, Func<WindowManager, WindowFacts, X11Session, Task<T>> action, CancellationToken cancellationToken)
    {
        var window = WindowFacts.Parse(id);
        return display.RunAsync(async session =>
        {
            var manager = new WindowManager(session, cancellationToken);
            return await action(manager, await manager.ReadAsync(window), session);
        }, cancellationToken);
    }
}
