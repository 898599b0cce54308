using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Mouse gestures as SendInput takes them.</summary>
static class MouseGesture
{
    /// <summary>WHEEL_DELTA: one step of a wheel.</summary>
    public const int WheelDelta = 120;

    /// <summary>The virtual desktop is 65,536 units wide and high, whatever its pixels.</summary>
    const long AbsoluteUnits = 65_536;

    /// <param name="point">Where to.</param>
    /// <param name="desktop">The virtual desktop; its origin is negative when a monitor lies left of or above the primary one.</param>
    public static Input MoveTo(ScreenPoint point, ScreenRectangle desktop) => Mouse(
        MouseFlags.Move | MouseFlags.Absolute | MouseFlags.VirtualDesk,
        x: ToUnits(point.X - desktop.X, desktop.Width),
        y: ToUnits(point.Y - desktop.Y, desktop.Height));

    /// <param name="point">Where.</param>
    /// <param name="button">The button as the person names it.</param>
    /// <param name="clicks">1 or 2.</param>
    /// <param name="swapped">The person has swapped the buttons for the left hand: SendInput speaks of the physical ones.</param>
    /// <param name="desktop">The virtual desktop.</param>
    public static IReadOnlyList<Input> Click(ScreenPoint point, PointerButton button, int clicks, bool swapped, ScreenRectangle desktop)
    {
        var (down, up) = button switch
        {
            PointerButton.Middle => (MouseFlags.MiddleDown, MouseFlags.MiddleUp),
            PointerButton.Left => swapped ? (MouseFlags.RightDown, MouseFlags.RightUp) : (MouseFlags.LeftDown, MouseFlags.LeftUp),
            _ => swapped ? (MouseFlags.LeftDown, MouseFlags.LeftUp) : (MouseFlags.RightDown, MouseFlags.RightUp),
        };
        return [MoveTo(point, desktop), .. Enumerable.Repeat<Input[]>([Mouse(down), Mouse(up)], clicks).SelectMany(click => click)];
    }

    /// <param name="point">Where.</param>
    /// <param name="columns">Wheel steps to the right.</param>
    /// <param name="rows">Wheel steps down.</param>
    /// <param name="desktop">The virtual desktop.</param>
    public static IReadOnlyList<Input> Scroll(ScreenPoint point, int columns, int rows, ScreenRectangle desktop) =>
    [
        MoveTo(point, desktop),
        // A positive vertical wheel turns away from the person: up.
        .. Steps(MouseFlags.Wheel, -rows),
        .. Steps(MouseFlags.HorizontalWheel, columns),
    ];

    // One event a step, as a real wheel does: some programs take an event for one step, however far it says it turned.
    static IEnumerable<Input> Steps(MouseFlags wheel, int count) =>
        Enumerable.Repeat(Mouse(wheel, data: WheelDelta * Math.Sign(count)), Math.Abs(count));

    // A pixel covers many units. A quarter of the way into it stays inside, whether Windows rounds down or to the nearest,
    // and whether it divides by 65,536 or 65,535.
    static int ToUnits(int offset, int extent) => (int)((offset * AbsoluteUnits + AbsoluteUnits / 4) / extent);

    static Input Mouse(MouseFlags flags, int x = 0, int y = 0, int data = 0) => new()
    {
        Type = Input.MouseType,
        Data = new InputData { Mouse = new MouseInput { X = x, Y = y, Data = data, Flags = flags } },
    };
}
