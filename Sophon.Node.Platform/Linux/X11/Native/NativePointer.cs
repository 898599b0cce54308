using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The mouse by XTEST. Every gesture leaves in one write, and returns when the server has carried it out.</summary>
sealed class NativePointer(X11Display display) : IPointer
{
    const byte WheelUp = 4, WheelDown = 5, WheelLeft = 6, WheelRight = 7;

    readonly WheelSteps horizontal = new(), vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        SendAsync([FakeInput.MoveTo(point.X, point.Y)], cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken)
    {
        byte code = button switch { PointerButton.Middle => 2, PointerButton.Right => 3, _ => 1 };
        return SendAsync([FakeInput.MoveTo(point.X, point.Y), .. Clicks(code, clicks)], cancellationToken);
    }

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken)
    {
        int x = horizontal.Take(deltaX), y = vertical.Take(deltaY);
        return SendAsync(
            [
                FakeInput.MoveTo(point.X, point.Y),
                .. Clicks(y > 0 ? WheelDown : WheelUp, Math.Abs(y)),
                .. Clicks(x > 0 ? WheelRight : WheelLeft, Math.Abs(x)),
            ],
            cancellationToken);
    }

    static IEnumerable<Request> Clicks(byte button, int count) =>
        Enumerable.Repeat<Request[]>([FakeInput.Button(button, down: true), FakeInput.Button(button, down: false)], count).SelectMany(click => click);

    Task SendAsync(IEnumerable<Request> events, CancellationToken cancellationToken) =>
        display.RunAsync(session => session.Connection.SendAsync(events, cancellationToken), cancellationToken);
}
