using System.Text;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.MacOS;

public sealed class PointMapSpecs
{
    static readonly PointMap Mixed = new(
    [
        new("1", "Retina", true, 0, 0, 1440, 900, 2),
        new("2", "Plain", false, 1440, 0, 1920, 1080, 1),
        new("3", "Above", false, 0, -720, 1280, 720, 1),
    ]);

    [Fact]
    public void Monitors_should_keep_their_pixels_and_never_overlap()
    {
        var bounds = Mixed.Layout.Monitors.Select(monitor => monitor.Bounds).ToList();

        Assert.Equal([new ScreenRectangle(0, 0, 2880, 1800), new ScreenRectangle(2880, 0, 1920, 1080), new ScreenRectangle(0, -1440, 1280, 720)], bounds);
        Assert.Equal(2.0, Mixed.Layout.Primary.ScaleFactor);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2879, 1799, 1439.5, 899.5)]
    [InlineData(2880, 1079, 1440, 1079)]
    [InlineData(1279, -721, 1279, -1)]
    public void Pixels_should_be_found_in_points(int x, int y, double pointX, double pointY) =>
        Assert.Equal((pointX, pointY), Mixed.ToPoints(new ScreenPoint(x, y)));

    [Fact]
    public void Gap_should_be_refused() => Assert.Throws<InvalidInputException>(() => Mixed.ToPoints(new ScreenPoint(0, -1)));

    [Fact]
    public void Window_should_have_the_pixels_of_the_monitor_that_shows_most_of_it()
    {
        Assert.Equal(new ScreenRectangle(200, 100, 600, 400), Mixed.ToPixels(new PointRectangle(100, 50, 300, 200)));
        Assert.Equal(new ScreenRectangle(2780, 50, 600, 200), Mixed.ToPixels(new PointRectangle(1340, 50, 600, 200)));
        Assert.Equal("2", Mixed.MonitorOf(new PointRectangle(9_000, 50, 10, 10)));
    }

    [Fact]
    public void Area_across_monitors_should_be_cut_into_whole_points()
    {
        Assert.Equal(
            [
                new PointMap.Part(new PointRectangle(1439, 2, 1, 2), new ScreenRectangle(2878, 4, 2, 4)),
                new PointMap.Part(new PointRectangle(1440, 5, 7, 3), new ScreenRectangle(2880, 5, 7, 3)),
            ],
            Mixed.Split(new ScreenRectangle(2879, 5, 8, 3)).OrderBy(part => part.Pixels.X));
    }

    [Fact]
    public void Pieces_should_be_short_and_cut_no_character()
    {
        var text = new string('x', 19) + "😀\nab\t" + string.Concat(Enumerable.Repeat("日", 25));
        var pieces = TypingPieces.Split([.. text.EnumerateRunes()]);

        Assert.Equal([new string('x', 19), "😀", "\n", "ab", "\t", new string('日', 20), new string('日', 5)], pieces);
        Assert.All(pieces, piece => Assert.True(piece.Length <= TypingPieces.MostUnits));
        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
    }
}
