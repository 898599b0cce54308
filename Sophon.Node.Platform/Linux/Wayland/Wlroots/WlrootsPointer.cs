using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots;

/// <summary>A mouse of our own by <c>zwlr_virtual_pointer_v1</c>. Each call returns when the compositor has handled it.</summary>
sealed class WlrootsPointer(CompositorSession session, TimeProvider time) : IPointer, IDisposable
{
    // linux/input-event-codes.h
    const uint ButtonLeft = 0x110, ButtonRight = 0x111, ButtonMiddle = 0x112;

    // Long enough for a program that samples, well inside every double-click time.
    static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(15);

    readonly SemaphoreSlim gesture = new(1);
    readonly WheelSteps horizontal = new(), vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        GestureAsync(point, static (_, _) => Task.CompletedTask, cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken)
    {
        var code = button switch
        {
            PointerButton.Right => ButtonRight,
            PointerButton.Middle => ButtonMiddle,
            _ => ButtonLeft,
        };
        return GestureAsync(point, async (pointer, client) =>
        {
            for (var click = 0; click < clicks; click++)
            {
                if (click > 0) await Task.Delay(HoldTime, time, cancellationToken);
                Press(pointer, code, true);
                try
                {
                    await Task.Delay(HoldTime, time, cancellationToken);
                }
                finally
                {
                    // A cancelled click must not leave the button down.
                    if (client.Connection.IsAlive) Press(pointer, code, false);
                }
            }
        }, cancellationToken);
    }

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        GestureAsync(point, (pointer, _) =>
        {
            Turn(pointer, isHorizontal: false, vertical.Take(deltaY));
            Turn(pointer, isHorizontal: true, horizontal.Take(deltaX));
            return Task.CompletedTask;
        }, cancellationToken);

    public void Dispose() => gesture.Dispose();

    async Task GestureAsync(ScreenPoint point, Func<VirtualPointer, CompositorClient, Task> act, CancellationToken cancellationToken)
    {
        await gesture.WaitAsync(cancellationToken);
        try
        {
            var client = await session.ConnectAsync(cancellationToken);
            var target = PointerTarget.Of(point, (await client.GetOutputsAsync(cancellationToken)).Layout);
            var pointer = await client.GetPointerAsync(cancellationToken);
            pointer.MoveTo(Now, target.X, target.Y, target.ExtentX, target.ExtentY);
            pointer.Frame();
            await act(pointer, client);
            await client.Connection.RoundtripAsync(cancellationToken);
        }
        finally
        {
            gesture.Release();
        }
    }

    void Press(VirtualPointer pointer, uint button, bool pressed)
    {
        pointer.Button(Now, button, pressed);
        pointer.Frame();
    }

    void Turn(VirtualPointer pointer, bool isHorizontal, int steps)
    {
        if (steps == 0) return;
        pointer.Scroll(Now, isHorizontal, steps);
        pointer.Frame();
    }

    uint Now => unchecked((uint)(time.GetTimestamp() * 1000 / time.TimestampFrequency));
}
