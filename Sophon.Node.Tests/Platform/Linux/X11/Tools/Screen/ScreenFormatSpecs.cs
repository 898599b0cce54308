using System.Text;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools.Screen;

public sealed class ScreenFormatSpecs
{
    [Fact]
    public void Monitors_should_be_read_with_their_places()
    {
        const string text = "Monitors: 3\n 0: +*eDP-1 1920/344x1080/194+1280+0  eDP-1\n 1: +HDMI-1 1280/300x1024/200+0+56  HDMI-1\n 2: L 640/170x800/210+0+0 \n";

        Assert.Equal(
        [
            new MonitorInfo("eDP-1", true, new ScreenRectangle(1280, 0, 1920, 1080), 1.0, "eDP-1"),
            new MonitorInfo("HDMI-1", false, new ScreenRectangle(0, 56, 1280, 1024), 1.0, "HDMI-1"),
            new MonitorInfo("L", false, new ScreenRectangle(0, 0, 640, 800), 1.0, "L"),
        ], XrandrMonitors.Parse(text));
    }

    [Fact]
    public void First_monitor_should_be_primary_when_none_is_marked() =>
        Assert.Equal([true, false], XrandrMonitors.Parse("Monitors: 2\n 0: +A 10/1x10/1+0+0  A\n 1: +B 10/1x10/1+10+0  B\n").Select(m => m.IsPrimary));

    [Fact]
    public void No_monitor_should_be_an_empty_list() => Assert.Empty(XrandrMonitors.Parse("Monitors: 0\n"));

    [Fact]
    public void Image_should_be_taken_as_it_is()
    {
        var image = ArgbFile.Parse([.. Encoding.ASCII.GetBytes("ARGB 2 1 0\n"), 1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal((2, 1), (image.Width, image.Height));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], image.Bgra.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ARGB 2 1 0\n123")]
    [InlineData("ARGB 0 1 0\n")]
    [InlineData("ARGB x 1 0\n1234")]
    [InlineData("P6 1 1 255\n1234")]
    public void Broken_image_should_be_a_failure(string file) =>
        Assert.Throws<ActionFailedException>(() => ArgbFile.Parse(Encoding.ASCII.GetBytes(file)));

    [Fact]
    public void Gaps_between_monitors_should_be_black()
    {
        var layout = new MonitorLayout([new("A", true, new ScreenRectangle(0, 0, 2, 2), 1, "A"), new("B", false, new ScreenRectangle(3, 1, 1, 1), 1, "B")]);
        var image = new PixelImage(3, 2, Enumerable.Repeat((byte)9, 24).ToArray());

        MonitorGaps.Blacken(image, new ScreenRectangle(1, 0, 3, 2), layout);

        Assert.Equal([9, 0, 0, 9, 0, 9], image.Bgra.ToArray().Where((_, i) => i % 4 == 0));
    }
}
