using System.Runtime.InteropServices;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

/// <summary>The real compositor's view of the same is in <see cref="ScreencopyScreenSpecs"/>.</summary>
public sealed class OutputImageSpecs
{
    static uint[] Copy(uint[] rows, int width, OutputTransform transform = OutputTransform.Normal, bool isInverted = false, uint format = 1, int padding = 0)
    {
        var height = rows.Length / (width + padding);
        var image = new OutputImage(MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), new FrameBuffer(format, width, height, (width + padding) * 4), isInverted, transform);
        var (turnedWidth, turnedHeight) = ((int)transform & 1) == 0 ? (width, height) : (height, width);
        var target = new PixelImage(turnedWidth, turnedHeight, new byte[turnedWidth * turnedHeight * 4]);
        image.CopyTo(target, new ScreenRectangle(0, 0, turnedWidth, turnedHeight), new ScreenPoint(0, 0));
        return MemoryMarshal.Cast<byte, uint>(target.Bgra.Span).ToArray();
    }

    [Fact]
    public void Padding_should_be_left_out() =>
        Assert.Equal([1u, 2, 3, 4], Copy([1, 2, 99, 3, 4, 99], width: 2, padding: 1));

    [Fact]
    public void Inverted_rows_should_be_turned_over() =>
        Assert.Equal([3u, 4, 1, 2], Copy([1, 2, 3, 4], width: 2, isInverted: true));

    [Fact]
    public void Red_and_blue_should_be_swapped_where_the_format_has_them_so() =>
        Assert.Equal([0xff_33_22_11u], Copy([0xff_11_22_33u], width: 1, format: 0x34324258));

    [Fact]
    public void Other_formats_should_be_refused_by_name()
    {
        var refused = Assert.Throws<UnsupportedException>(() => Copy([0], width: 1, format: 0x30335258));
        Assert.Contains("0x30335258", refused.Message);
    }

    [Fact]
    public void A_half_turn_should_reverse_all() =>
        Assert.Equal([6u, 5, 4, 3, 2, 1], Copy([1, 2, 3, 4, 5, 6], width: 3, OutputTransform.Turned180));

    [Fact]
    public void Quarter_turns_should_be_each_others_inverse()
    {
        uint[] rows = [1, 2, 3, 4, 5, 6];

        Assert.Equal(rows, Copy(Copy(rows, 3, OutputTransform.Turned90), 2, OutputTransform.Turned270));
        Assert.NotEqual(Copy(rows, 3, OutputTransform.Turned90), Copy(rows, 3, OutputTransform.Turned270));
    }
}
