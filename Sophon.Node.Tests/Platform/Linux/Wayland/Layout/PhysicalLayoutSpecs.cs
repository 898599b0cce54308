using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Layout;

public sealed class PhysicalLayoutSpecs
{
    static readonly double[] Scales = [1, 1.25, 1.5, 2];

    static OutputGeometry Output(string name, int x, int y, int width, int height, double scale = 1) =>
        new(name, name, new ScreenRectangle(x, y, (int)(width / scale), (int)(height / scale)), width, height, scale);

    static ScreenRectangle BoundsOf(PhysicalLayout layout, string name) => layout.Outputs.Single(output => output.Geometry.Name == name).Bounds;

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.25)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    public void One_scale_everywhere_should_make_physical_logical_times_scale(double scale)
    {
        var layout = new PhysicalLayout(
        [
            Output("left", 0, 0, 1920, 1200, scale),
            Output("right", (int)(1920 / scale), 60, 1920, 1200, scale),
            Output("below", 0, (int)(1200 / scale), 1920, 1200, scale),
        ]);

        Assert.Equal(new ScreenRectangle(0, 0, 1920, 1200), BoundsOf(layout, "left"));
        Assert.Equal(new ScreenRectangle(1920, (int)(60 * scale), 1920, 1200), BoundsOf(layout, "right"));
        Assert.Equal(new ScreenRectangle(0, 1200, 1920, 1200), BoundsOf(layout, "below"));
    }

    [Fact]
    public void Mixed_scales_should_keep_neighbours_neighbours_with_every_pixel_their_own()
    {
        var layout = new PhysicalLayout([Output("laptop", 0, 0, 2880, 1800, 2), Output("desk", 1440, 0, 1920, 1080), Output("side", 3360, 0, 1920, 1080, 1.5)]);

        Assert.Equal(new ScreenRectangle(0, 0, 2880, 1800), BoundsOf(layout, "laptop"));
        Assert.Equal(new ScreenRectangle(2880, 0, 1920, 1080), BoundsOf(layout, "desk"));
        Assert.Equal(new ScreenRectangle(4800, 0, 1920, 1080), BoundsOf(layout, "side"));
    }

    [Fact]
    public void Origin_should_be_the_top_left_even_when_the_compositor_counts_from_elsewhere()
    {
        var layout = new PhysicalLayout([Output("right", 0, 0, 800, 600), Output("left", -800, -100, 800, 600)]);

        Assert.Equal(new ScreenRectangle(0, 0, 800, 600), BoundsOf(layout, "left"));
        Assert.Equal(new ScreenRectangle(800, 100, 800, 600), BoundsOf(layout, "right"));
        Assert.Equal("left", layout.Monitors.Primary.Id);
        Assert.Equal((0, 0), layout.ToLogical(new ScreenPoint(800, 100)));
    }

    [Fact]
    public void Gap_should_stay_and_belong_to_nobody()
    {
        var layout = new PhysicalLayout([Output("a", 0, 0, 800, 600), Output("b", 900, 0, 800, 600, 2)]);

        Assert.Equal(1000, BoundsOf(layout, "b").X);
        var refused = Assert.Throws<InvalidInputException>(() => layout.ToLogical(new ScreenPoint(850, 10)));
        Assert.Contains("(850, 10)", refused.Message);
    }

    [Fact]
    public void No_monitor_should_be_no_display() =>
        Assert.Throws<DisplayUnavailableException>(() => new PhysicalLayout([]));

    [Fact]
    public void Window_should_be_counted_from_the_monitor_that_holds_most_of_it()
    {
        var layout = new PhysicalLayout([Output("a", 0, 0, 1280, 800), Output("b", 1280, 0, 1000, 600, 1.25)]);

        Assert.Equal(new ScreenRectangle(1280 + 125, 50, 250, 125), layout.ToPhysical(new ScreenRectangle(1280 + 100, 40, 200, 100)));
        Assert.Equal(new ScreenRectangle(1230, 40, 100, 100), layout.ToPhysical(new ScreenRectangle(1230, 40, 100, 100)));
        Assert.Equal(new ScreenRectangle(-50, 40, 40, 100), layout.ToPhysical(new ScreenRectangle(-50, 40, 40, 100)));
    }

    [Theory]
    [InlineData(1366, 1092, 1.25)]
    [InlineData(1280, 800, 1.6)]
    [InlineData(1920, 1280, 1.5)]
    [InlineData(2560, 1280, 2.0)]
    public void Scale_should_be_read_through_the_rounding_of_the_logical_size(int pixels, int logical, double scale) =>
        Assert.Equal(scale, OutputGeometry.ScaleOf(pixels, logical), 2);

    [Fact]
    public void Monitors_that_do_not_overlap_should_not_overlap_in_pixels()
    {
        var random = new Random(5);
        for (var run = 0; run < 2_000; run++)
        {
            var logical = new List<OutputGeometry>();
            for (var tries = 0; tries < 12; tries++)
            {
                var scale = Scales[random.Next(Scales.Length)];
                var candidate = Output($"o{tries}", random.Next(-8, 9) * 60, random.Next(-8, 9) * 60, random.Next(1, 8) * 120, random.Next(1, 8) * 120, scale);
                if (logical.All(other => Area(other.Logical.Intersect(candidate.Logical)) == 0)) logical.Add(candidate);
            }

            var placed = new PhysicalLayout(logical).Outputs;

            foreach (var first in placed)
            {
                Assert.True(first.Bounds is { X: >= 0, Y: >= 0 });
                Assert.All(placed.Where(other => other != first), other => Assert.Equal(0, Area(first.Bounds.Intersect(other.Bounds))));
            }
        }
    }

    static long Area(ScreenRectangle rectangle) => (long)rectangle.Width * rectangle.Height;
}
