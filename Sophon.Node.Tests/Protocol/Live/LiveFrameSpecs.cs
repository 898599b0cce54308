using System.Buffers;
using Sophon.Node.Protocol.Live;
using Xunit;

namespace Sophon.Node.Tests.Protocol.Live;

public sealed class LiveFrameSpecs
{
    static readonly LiveFrame Frame = new(7, 1920, 1080, -1920, 30, 12, [new(0, 0, 256, 128, new byte[] { 1, 2, 3 }), new(1792, 1024, 128, 56, Array.Empty<byte>())]);

    static byte[] Written()
    {
        var buffer = new ArrayBufferWriter<byte>();
        Frame.WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    [Fact]
    public void Frame_should_be_read_as_it_was_written()
    {
        var read = LiveFrame.Read(Written());
        Assert.Equal((Frame.Sequence, Frame.Width, Frame.Height, Frame.X, Frame.Y, Frame.AgeMs), (read.Sequence, read.Width, read.Height, read.X, read.Y, read.AgeMs));
        Assert.Equal(Frame.Tiles.Select(tile => (tile.X, tile.Y, tile.Width, tile.Height, Convert.ToHexString(tile.Jpeg.Span))), read.Tiles.Select(tile => (tile.X, tile.Y, tile.Width, tile.Height, Convert.ToHexString(tile.Jpeg.Span))));
    }

    [Fact]
    public void Bytes_should_be_those_that_the_browser_reads() => Assert.Equal(
        "0100" + "0200" + "07000000" + "8007" + "3804" + "80F8FFFF" + "1E000000" + "0C000000" + "00000000" + "00000000" + "00018000" + "03000000" + "010203" + "00070004" + "80003800" + "00000000",
        Convert.ToHexString(Written()));

    [Fact]
    public void What_is_cut_anywhere_should_be_refused()
    {
        var whole = Written();
        for (var length = 0; length < whole.Length; length++) Assert.Throws<FormatException>(() => LiveFrame.Read(whole.AsMemory(0, length)));
    }

    [Fact]
    public void Tile_outside_the_picture_should_be_refused()
    {
        var bytes = Written();
        bytes[LiveFrame.HeadBytes + 1] = 0x70;
        Assert.Throws<FormatException>(() => LiveFrame.Read(bytes));
    }
}
