using Sophon.Node.Actors.GatewayConnection.Hub.LiveView;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Actors.GatewayConnection.LiveView;

public sealed class TileGridSpecs
{
    const int Width = 600, Height = 300;

    readonly byte[] pixels = new byte[Width * Height * 4];
    readonly TileGrid grid = new(Width, Height);

    PixelImage Image => new(Width, Height, pixels);

    void Draw(int x, int y) => pixels[(y * Width + x) * 4]++;

    [Fact]
    public void First_frame_should_be_the_whole_picture_without_a_gap()
    {
        var tiles = grid.TakeChanged(Image, null, 60, 1);
        Assert.Equal(Width * Height, tiles.Sum(tile => tile.Width * tile.Height));
        Assert.Equal(9, tiles.Count);
        Assert.Contains(new ScreenRectangle(512, 256, 88, 44), tiles);
    }

    [Fact]
    public void Only_tiles_whose_pixels_differ_should_be_sent()
    {
        grid.TakeChanged(Image, null, 60, 1);
        Assert.Empty(grid.TakeChanged(Image, null, 60, 2));
        Draw(599, 299);
        Draw(0, 127);
        Assert.Equal([new(0, 0, 256, 128), new ScreenRectangle(512, 256, 88, 44)], grid.TakeChanged(Image, null, 60, 3));
        Assert.Empty(grid.TakeChanged(Image, null, 60, 4));
    }

    [Fact]
    public void Where_the_server_tells_of_no_change_nobody_should_look()
    {
        grid.TakeChanged(Image, null, 60, 1);
        Draw(300, 10);
        Assert.Empty(grid.TakeChanged(Image, [new ScreenRectangle(0, 200, 10, 10)], 60, 2));
        Assert.Equal([new ScreenRectangle(256, 0, 256, 128)], grid.TakeChanged(Image, [new ScreenRectangle(0, 0, 600, 64)], 60, 3));
    }

    [Fact]
    public void What_has_come_to_rest_should_be_sent_once_more_in_better_quality()
    {
        grid.TakeChanged(Image, null, 60, 10);
        Assert.False(grid.HasCoarse(80, before: 10));
        Draw(0, 0);
        grid.TakeChanged(Image, null, 60, 20);
        Assert.True(grid.HasCoarse(80, before: 15));
        Assert.Equal(8, grid.TakeCoarse(Image, 80, before: 15).Count);
        Assert.False(grid.HasCoarse(80, before: 15));
        Assert.Equal([new ScreenRectangle(0, 0, 256, 128)], grid.TakeCoarse(Image, 80, before: 30));
        Assert.Empty(grid.TakeCoarse(Image, 80, before: 40));
    }
}
