using System.Runtime.InteropServices;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;

/// <summary>One output's pixels as the compositor renders them: before the monitor's rotation, in one of several byte orders.</summary>
/// <param name="Bytes"><c>Buffer.Height</c> rows of <c>Buffer.Stride</c> bytes.</param>
/// <param name="IsInverted">Bottom row first.</param>
sealed record OutputImage(byte[] Bytes, FrameBuffer Buffer, bool IsInverted, OutputTransform Transform)
{
    const uint Argb = 0, Xrgb = 1, Abgr = 0x34324241, Xbgr = 0x34324258;

    /// <summary>Copies <paramref name="source"/> (pixels of the monitor as the person sees it) to <paramref name="at"/> of the target.</summary>
    /// <exception cref="UnsupportedException">A pixel format that is not 8 bits a channel.</exception>
    public void CopyTo(PixelImage target, ScreenRectangle source, ScreenPoint at)
    {
        var swaps = Buffer.Format switch
        {
            Argb or Xrgb => false,
            Abgr or Xbgr => true,
            var other => throw new UnsupportedException(
                $"The compositor gives pixels in the format 0x{other:x8}; 8 bits a channel are read here. Set the output to 8 bits (sway: output * render_bit_depth 8)."),
        };
        var pixels = MemoryMarshal.Cast<byte, uint>(Bytes.AsSpan());
        var targets = MemoryMarshal.Cast<byte, uint>(target.Bgra.Span);
        var strideInPixels = Buffer.Stride / sizeof(uint);
        for (var y = 0; y < source.Height; y++)
        {
            // Along a row of the picture the buffer is walked in equal steps, whatever the rotation.
            var first = Locate(source.X, source.Y + y, strideInPixels);
            var step = source.Width > 1 ? Locate(source.X + 1, source.Y + y, strideInPixels) - first : 1;
            var row = targets.Slice((at.Y + y) * target.Width + at.X, source.Width);
            if (step == 1 && !swaps)
            {
                pixels.Slice(first, source.Width).CopyTo(row);
                continue;
            }

            for (var x = 0; x < row.Length; x++, first += step) row[x] = swaps ? SwapRedAndBlue(pixels[first]) : pixels[first];
        }
    }

    int Locate(int x, int y, int stride)
    {
        int right = Buffer.Width - 1, bottom = Buffer.Height - 1;
        var (column, row) = Transform switch
        {
            OutputTransform.Turned90 => (y, bottom - x),
            OutputTransform.Turned180 => (right - x, bottom - y),
            OutputTransform.Turned270 => (right - y, x),
            OutputTransform.Flipped => (right - x, y),
            OutputTransform.Flipped90 => (y, x),
            OutputTransform.Flipped180 => (x, bottom - y),
            OutputTransform.Flipped270 => (right - y, bottom - x),
            _ => (x, y),
        };
        return (IsInverted ? bottom - row : row) * stride + column;
    }

    static uint SwapRedAndBlue(uint pixel) => (pixel & 0xff00ff00) | (pixel & 0xff) << 16 | (pixel >> 16 & 0xff);
}
