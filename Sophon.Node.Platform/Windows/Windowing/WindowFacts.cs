using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <param name="Handle">HWND.</param>
/// <param name="Info">For the caller. The bounds are the visible frame.</param>
/// <param name="Maximized">Or will be, once it is no longer minimised.</param>
/// <param name="Outer">What SetWindowPos speaks of: the frame with the invisible borders that Windows 10 and 11 put around it for resizing.</param>
sealed record WindowFacts(nint Handle, WindowInfo Info, bool Maximized, ScreenRectangle Outer)
{
    /// <summary>The outer rectangle that gives the visible frame <paramref name="frame"/>.</summary>
    public ScreenRectangle OuterFor(ScreenRectangle frame) => new(
        frame.X + Outer.X - Info.Bounds.X,
        frame.Y + Outer.Y - Info.Bounds.Y,
        Math.Max(1, frame.Width + Outer.Width - Info.Bounds.Width),
        Math.Max(1, frame.Height + Outer.Height - Info.Bounds.Height));
}
