namespace Sophon.Node.Platform.Ports;

/// <summary>A top-level window of an application.</summary>
/// <param name="Id">What the other calls take; stable for the window's life.</param>
/// <param name="Title">As shown.</param>
/// <param name="App">The application's name (WM_CLASS on X11, the program's file name elsewhere).</param>
/// <param name="ProcessId">Null when the window does not tell.</param>
/// <param name="Bounds">The outer frame, decorations included, in physical pixels.</param>
/// <param name="Focused">It receives the keyboard.</param>
/// <param name="Minimized">It is iconified.</param>
public sealed record WindowInfo(string Id, string Title, string App, int? ProcessId, ScreenRectangle Bounds, bool Focused, bool Minimized);

/// <summary>Top-level windows. Each call returns when the window manager has done it; an id that is gone is <see cref="NotFoundException"/>.</summary>
public interface IWindows
{
    /// <summary>In stacking order, lowest first, where the desktop tells it.</summary>
    Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Moves the outer frame's top left to <paramref name="x"/>, <paramref name="y"/> and, where given, resizes the frame. Restores a maximised window first.</summary>
    /// <returns>The window as it stands then: a window may round its size (a terminal's cells).</returns>
    Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken);

    Task MinimizeAsync(string id, CancellationToken cancellationToken);

    Task MaximizeAsync(string id, CancellationToken cancellationToken);

    /// <summary>Restores if minimised, raises, and gives the keyboard.</summary>
    Task FocusAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks the window to close, as its close button does. Returns when asked.</summary>
    Task CloseAsync(string id, CancellationToken cancellationToken);
}
