using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Platform.Windows.Native;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Input;

public sealed class MouseGestureSpecs
{
    static readonly ScreenRectangle Desktop = new(-1920, -200, 4480, 1640);

    // Windows divides by 65,536 and rounds down; its documentation speaks of 65,535.
    [Theory]
    [InlineData(65_536.0, false)]
    [InlineData(65_535.0, false)]
    [InlineData(65_536.0, true)]
    public void Every_pixel_should_be_hit_however_windows_rounds(double units, bool toNearest)
    {
        for (var x = Desktop.X; x < Desktop.Right; x++)
        {
            var mouse = MouseGesture.MoveTo(new ScreenPoint(x, 0), Desktop).Data.Mouse;
            var place = mouse.X * Desktop.Width / units;
            Assert.Equal(x - Desktop.X, (int)(toNearest ? Math.Round(place) : Math.Floor(place)));
            Assert.InRange(mouse.X, 0, 65_535);
        }
    }

    [Fact]
    public void Move_should_speak_of_the_whole_desktop() => Assert.Equal(
        MouseFlags.Move | MouseFlags.Absolute | MouseFlags.VirtualDesk,
        MouseGesture.MoveTo(new ScreenPoint(0, 0), Desktop).Data.Mouse.Flags);

    [Theory]
    [InlineData(PointerButton.Left, false, MouseFlags.LeftDown, MouseFlags.LeftUp)]
    [InlineData(PointerButton.Right, false, MouseFlags.RightDown, MouseFlags.RightUp)]
    [InlineData(PointerButton.Left, true, MouseFlags.RightDown, MouseFlags.RightUp)]
    [InlineData(PointerButton.Right, true, MouseFlags.LeftDown, MouseFlags.LeftUp)]
    [InlineData(PointerButton.Middle, true, MouseFlags.MiddleDown, MouseFlags.MiddleUp)]
    internal void Click_should_press_the_physical_button(PointerButton button, bool swapped, MouseFlags down, MouseFlags up)
    {
        var gesture = MouseGesture.Click(new ScreenPoint(1, 2), button, 2, swapped, Desktop);

        Assert.Equal([down, up, down, up], gesture.Skip(1).Select(input => input.Data.Mouse.Flags));
    }

    [Fact]
    public void Scroll_should_turn_one_step_an_event()
    {
        var gesture = MouseGesture.Scroll(new ScreenPoint(1, 2), columns: -1, rows: 2, Desktop);

        Assert.Equal(
            [(MouseFlags.Wheel, -120), (MouseFlags.Wheel, -120), (MouseFlags.HorizontalWheel, -120)],
            gesture.Skip(1).Select(input => (input.Data.Mouse.Flags, input.Data.Mouse.Data)));
    }
}
