namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>zwlr_virtual_pointer_manager_v1</c>.</summary>
sealed class VirtualPointerManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "zwlr_virtual_pointer_manager_v1";

    public VirtualPointer CreatePointer(Seat seat)
    {
        var pointer = new VirtualPointer(Connection);
        return Create(pointer, 0, seat, Argument.New(pointer));
    }
}

/// <summary><c>zwlr_virtual_pointer_v1</c>: a mouse of our own. What belongs together ends with <see cref="Frame"/>.</summary>
sealed class VirtualPointer(WaylandConnection connection) : WaylandObject(connection)
{
    const uint Wheel = 0;

    /// <summary>Puts the pointer at <paramref name="x"/> of <paramref name="extentX"/> and <paramref name="y"/> of <paramref name="extentY"/> of the whole layout.</summary>
    public void MoveTo(uint time, uint x, uint y, uint extentX, uint extentY) => Send(1, time, x, y, extentX, extentY);

    /// <param name="time">Milliseconds of any clock that only rises.</param>
    /// <param name="button">A code of <c>linux/input-event-codes.h</c>.</param>
    /// <param name="pressed">False releases it.</param>
    public void Button(uint time, uint button, bool pressed) => Send(2, time, button, pressed ? 1 : 0);

    /// <summary>Turns the wheel by whole steps; 15 is what compositors report for one step of a real wheel.</summary>
    public void Scroll(uint time, bool horizontal, int steps)
    {
        Send(5, Wheel);
        Send(7, time, horizontal ? 1 : 0, Argument.Fixed(15.0 * steps), steps);
    }

    public void Frame() => Send(4);
}
