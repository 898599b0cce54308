using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class ChangeGridSpecs
{
    static readonly ScreenRectangle Screen = new(0, 0, 640, 480);

    readonly ChangeGrid grid = new();

    [Fact]
    public void Nothing_drawn_should_be_no_change() => Assert.Empty(grid.Since(0, Screen));

    [Fact]
    public void What_was_drawn_later_should_be_a_change_and_what_was_drawn_before_not()
    {
        grid.Mark(new ScreenRectangle(0, 0, 10, 10), 5);
        grid.Mark(new ScreenRectangle(200, 200, 10, 10), 7);

        Assert.Equal([new ScreenRectangle(192, 192, 64, 64)], grid.Since(5, Screen));
        Assert.Empty(grid.Since(7, Screen));
    }

    [Fact]
    public void Neighbouring_tiles_of_a_row_should_be_one_rectangle()
    {
        grid.Mark(new ScreenRectangle(60, 60, 80, 10), 1);

        Assert.Equal([new ScreenRectangle(0, 0, 192, 64), new ScreenRectangle(0, 64, 192, 64)], grid.Since(0, Screen));
    }

    [Fact]
    public void Changes_should_be_cut_to_the_area()
    {
        grid.Mark(Screen, 1);

        Assert.Equal([new ScreenRectangle(10, 20, 30, 40)], grid.Since(0, new ScreenRectangle(10, 20, 30, 40)));
    }

    [Fact]
    public void Every_drawn_pixel_should_lie_in_a_change()
    {
        var random = new Random(1);
        for (var round = 1; round < 200; round++)
        {
            var drawn = new ScreenRectangle(random.Next(600), random.Next(440), random.Next(1, 200), random.Next(1, 200));
            grid.Mark(drawn, round);

            var changes = grid.Since(round - 1, Screen);
            var visible = drawn.Intersect(Screen);
            foreach (var corner in (ScreenPoint[])[new(visible.X, visible.Y), new(visible.Right - 1, visible.Bottom - 1), new(visible.X, visible.Bottom - 1)])
                Assert.Contains(changes, change => change.Contains(corner));
        }
    }
}
