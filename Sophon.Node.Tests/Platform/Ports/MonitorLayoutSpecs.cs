using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Ports;

public sealed class MonitorLayoutSpecs
{
    // A tall monitor at the left, the primary, and below that one with a gap of 100 pixels.
    static readonly MonitorLayout Layout = new(
    [
        Monitor("L", 0, 0, 600, 1000),
        Monitor("R", 600, 200, 1280, 800) with { IsPrimary = true },
        Monitor("B", 700, 1100, 640, 480),
    ]);

    [Fact]
    public void Bounds_should_hold_every_monitor() => Assert.Equal(new ScreenRectangle(0, 0, 1880, 1580), Layout.Bounds);

    [Fact]
    public void Primary_should_be_the_marked_one_or_the_first()
    {
        Assert.Equal("R", Layout.Primary.Name);
        Assert.Equal("L", new MonitorLayout([.. Layout.Monitors.Select(monitor => monitor with { IsPrimary = false })]).Primary.Name);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(599, 999, true)]
    [InlineData(599, 1000, false)]
    [InlineData(600, 199, false)]
    [InlineData(600, 200, true)]
    [InlineData(1879, 999, true)]
    [InlineData(1880, 999, false)]
    [InlineData(800, 1050, false)]
    [InlineData(800, 1100, true)]
    [InlineData(-1, 0, false)]
    public void Point_should_belong_to_a_monitor_or_to_a_gap(int x, int y, bool inside) =>
        Assert.Equal(inside, Layout.Contains(new ScreenPoint(x, y)));

    [Theory]
    [InlineData(500, 300, 200, 200, true)]
    [InlineData(500, 100, 200, 200, false)]
    [InlineData(0, 0, 600, 1000, true)]
    [InlineData(0, 0, 601, 1000, false)]
    [InlineData(700, 900, 640, 300, false)]
    [InlineData(0, 0, 0, 10, false)]
    public void Area_should_be_covered_only_without_gaps(int x, int y, int width, int height, bool covered) =>
        Assert.Equal(covered, Layout.Covers(new ScreenRectangle(x, y, width, height)));

    [Fact]
    public void Random_points_should_agree_with_a_check_pixel_by_pixel()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var point = new ScreenPoint(random.Next(-50, 1950), random.Next(-50, 1650));
            var expected = Layout.Monitors.Any(m => m.Bounds.X <= point.X && point.X < m.Bounds.X + m.Bounds.Width && m.Bounds.Y <= point.Y && point.Y < m.Bounds.Y + m.Bounds.Height);
            Assert.Equal(expected, Layout.Contains(point));
            Assert.Equal(expected, Layout.Covers(new ScreenRectangle(point.X, point.Y, 1, 1)));
        }
    }

    static MonitorInfo Monitor(string name, int x, int y, int width, int height) => new(name, false, new ScreenRectangle(x, y, width, height), 1.0, name);
}
