using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class PixelSpecs
{
    [Fact]
    public void The_pixels_of_an_ordinary_server_should_need_no_conversion()
    {
        var setup = ServerSetup.Read(Recordings.Setup);

        Assert.True(PixelLayout.Of(setup, setup.Screens[0]).IsBgra);
    }

    [Fact]
    public void Sixteen_bit_pixels_should_be_stretched_to_the_whole_range_and_rows_unpadded()
    {
        var layout = new PixelLayout(16, 32, msbFirst: false, 0xf800, 0x07e0, 0x001f);

        // Red, green, blue, and one pixel of padding.
        byte[] row = [0x00, 0xf8, 0xe0, 0x07, 0x1f, 0x00, 0xee, 0xee];

        Assert.Equal(8, layout.Stride(3));
        Assert.Equal([0, 0, 255, 255, 0, 255, 0, 255, 255, 0, 0, 255], layout.ToBgra(row, 3, 1));
    }

    [Fact]
    public void Pixels_of_a_big_endian_server_should_be_turned_round()
    {
        var layout = new PixelLayout(32, 32, msbFirst: true, 0xff0000, 0xff00, 0xff);

        Assert.False(layout.IsBgra);
        Assert.Equal([3, 2, 1, 255], layout.ToBgra([0, 1, 2, 3], 1, 1));
    }

    [Fact]
    public void A_palette_should_be_refused()
    {
        var setup = ServerSetup.Read(Recordings.Setup);
        var palette = setup.Screens[0] with { RootVisual = setup.Screens[0].RootVisual with { Class = 3 } };

        Assert.Throws<UnsupportedException>(() => PixelLayout.Of(setup, palette));
    }

    [Fact]
    public void Pixels_between_monitors_should_be_black_and_others_untouched()
    {
        // L is 2x2 at (0, 0), R is 2x4 at (3, 0): column 2, and what is below L, belongs to none.
        var layout = new MonitorLayout([Monitor("L", new(0, 0, 2, 2)), Monitor("R", new(3, 0, 2, 4))]);
        var pixels = Enumerable.Repeat((byte)9, 5 * 4 * 4).ToArray();

        Painter.BlackenGaps(pixels, new ScreenRectangle(0, 0, 5, 4), layout);

        for (var y = 0; y < 4; y++)
            for (var x = 0; x < 5; x++)
                Assert.Equal(layout.Contains(new ScreenPoint(x, y)) ? 9 : 0, pixels[(y * 5 + x) * 4]);
    }

    [Fact]
    public void The_pointer_should_be_blended_and_cut_at_the_edge()
    {
        var pixels = Enumerable.Repeat((byte)100, 2 * 2 * 4).ToArray();
        // Left column outside; right column: opaque red, then half of white.
        var cursor = new CursorImage(-1, 0, 2, 2, 1, [0xffffffff, 0xffff0000, 0xffffffff, 0x80808080]);

        Painter.DrawPointer(pixels, new ScreenRectangle(0, 0, 2, 2), cursor);

        Assert.Equal([0, 0, 255], pixels[..3]);
        Assert.Equal([178, 178, 178], pixels[8..11]);
        Assert.Equal([100, 100, 100], pixels[4..7]);
    }

    static MonitorInfo Monitor(string name, ScreenRectangle bounds) => new(name, false, bounds, 1, name);
}
