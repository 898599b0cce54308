using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Tmds.DBus.Protocol;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>The mouse through the desktop's portal, in the pixels of the monitors that the person shares.</summary>
sealed class PortalPointer(RemoteDesktopSession remote, CompositorSession compositor, TimeProvider time) : IPointer, IDisposable
{
    // linux/input-event-codes.h
    const int ButtonLeft = 0x110, ButtonRight = 0x111, ButtonMiddle = 0x112;
    const uint Vertical = 0, Horizontal = 1;

    static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(15);

    readonly SemaphoreSlim gesture = new(1);
    readonly WheelSteps horizontal = new(), vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        GestureAsync(point, static _ => Task.CompletedTask, cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken)
    {
        var code = button switch { PointerButton.Left => ButtonLeft, PointerButton.Right => ButtonRight, _ => ButtonMiddle };
        return GestureAsync(point, async grant =>
        {
            for (var click = 0; click < clicks; click++)
            {
                await PressAsync(grant, code, 1);
                try
                {
                    await Task.Delay(HoldTime, time, cancellationToken);
                }
                finally
                {
                    // A cancelled click must not leave the button down.
                    await PressAsync(grant, code, 0);
                }
            }
        }, cancellationToken);
    }

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        GestureAsync(point, async grant =>
        {
            await TurnAsync(grant, Vertical, vertical.Take(deltaY));
            await TurnAsync(grant, Horizontal, horizontal.Take(deltaX));
        }, cancellationToken);

    public void Dispose() => gesture.Dispose();

    async Task GestureAsync(ScreenPoint point, Func<RemoteDesktopSession.Grant, Task> act, CancellationToken cancellationToken)
    {
        await gesture.WaitAsync(cancellationToken);
        try
        {
            var client = await compositor.ConnectAsync(cancellationToken);
            var layout = (await client.GetOutputsAsync(cancellationToken)).Layout;
            layout.ToLogical(point);
            var output = layout.Outputs.First(candidate => candidate.Bounds.Contains(point));
            var grant = await remote.StartAsync(client.Connection, cancellationToken);
            var stream = FindStream(grant, output);
            await grant.NotifyAsync("NotifyPointerMotionAbsolute", "udd", (ref MessageWriter writer) =>
            {
                writer.WriteUInt32(stream.Node);
                writer.WriteDouble(point.X - output.Bounds.X);
                writer.WriteDouble(point.Y - output.Bounds.Y);
            });
            await act(grant);
        }
        finally
        {
            gesture.Release();
        }
    }

    static SharedStream FindStream(RemoteDesktopSession.Grant grant, PlacedOutput output)
    {
        var logical = output.Geometry.Logical;
        return grant.Streams.FirstOrDefault(stream => stream.X == logical.X && stream.Y == logical.Y) is { Node: not 0 } found
            ? found
            : throw new UnsupportedException($"The person does not share {output.Geometry.Name}: the pointer can't be moved there. Choose that monitor in the sharing dialog.");
    }

    static Task PressAsync(RemoteDesktopSession.Grant grant, int button, uint state) =>
        grant.NotifyAsync("NotifyPointerButton", "iu", (ref MessageWriter writer) =>
        {
            writer.WriteInt32(button);
            writer.WriteUInt32(state);
        });

    static Task TurnAsync(RemoteDesktopSession.Grant grant, uint axis, int steps) => steps == 0
        ? Task.CompletedTask
        : grant.NotifyAsync("NotifyPointerAxisDiscrete", "ui", (ref MessageWriter writer) =>
        {
            writer.WriteUInt32(axis);
            writer.WriteInt32(steps);
        });
}
