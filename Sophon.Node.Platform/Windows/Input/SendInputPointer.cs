using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>The mouse by SendInput.</summary>
[SupportedOSPlatform("windows")]
sealed class SendInputPointer : IPointer
{
    readonly WheelSteps horizontal = new(), vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        GestureAsync(point, desktop => [MouseGesture.MoveTo(point, desktop)], cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken) => GestureAsync(
        point, desktop => MouseGesture.Click(point, button, clicks, User32.GetSystemMetrics(User32.SwapButton) != 0, desktop), cancellationToken);

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) => GestureAsync(
        point, desktop => MouseGesture.Scroll(point, horizontal.Take(deltaX), vertical.Take(deltaY), desktop), cancellationToken);

    static Task GestureAsync(ScreenPoint point, Func<ScreenRectangle, IReadOnlyList<Input>> gesture, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            WindowsSession.RequireUnlocked();
            Elevation.RequireReachable(User32.WindowFromPoint(new NativePoint { X = point.X, Y = point.Y }));
            InputSender.Send(gesture(VirtualDesktop()));
        },
        cancellationToken);

    static ScreenRectangle VirtualDesktop() => new(
        User32.GetSystemMetrics(User32.VirtualX), User32.GetSystemMetrics(User32.VirtualY),
        User32.GetSystemMetrics(User32.VirtualWidth), User32.GetSystemMetrics(User32.VirtualHeight));
}
