using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Layout;

public sealed class PointerTargetSpecs
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(1.25)]
    [InlineData(1.5)]
    [InlineData(1.75)]
    [InlineData(2.0)]
    public void Target_should_hit_every_pixel_after_the_compositors_arithmetic(double scale)
    {
        var layout = new PhysicalLayout(
        [
            new OutputGeometry("a", "", new ScreenRectangle(0, 0, 1366, 768), 1366, 768, 1),
            new OutputGeometry("b", "", new ScreenRectangle(1366, 0, (int)(1400 / scale), 700), 1400, (int)(700 * scale), scale),
        ]);

        for (var pixel = 0; pixel < 1400; pixel++)
        {
            var target = PointerTarget.Of(new ScreenPoint(1366 + pixel, 0), layout);

            // wlroots: a fraction of the layout's box, then surface-local, then 24.8 fixed point for the client.
            var inLayout = (double)target.X / target.ExtentX * layout.Logical.Width;
            Assert.InRange(inLayout, 1366 + pixel / scale, 1366 + (pixel + 1) / scale);
            var forClient = Math.Round((inLayout - 1366) * 256) / 256;
            Assert.Equal(pixel, (int)Math.Floor(forClient * scale));
        }
    }

    [Fact]
    public void Target_at_scale_1_should_be_a_whole_number_for_the_client()
    {
        var layout = new PhysicalLayout([new OutputGeometry("a", "", new ScreenRectangle(0, 0, 3840, 2160), 3840, 2160, 1)]);

        var target = PointerTarget.Of(new ScreenPoint(3839, 2159), layout);

        Assert.Equal(3839, Math.Round((double)target.X / target.ExtentX * 3840 * 256) / 256);
        Assert.Equal(2159, Math.Round((double)target.Y / target.ExtentY * 2160 * 256) / 256);
    }
}
