using System.Numerics;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>How the server lays out a pixel, and how to turn it into BGRA.</summary>
sealed class PixelLayout(int bitsPerPixel, int scanlinePad, bool msbFirst, uint red, uint green, uint blue)
{
    const byte TrueColor = 4;

    /// <summary>Nearly always: the bytes are what we want already.</summary>
    public bool IsBgra { get; } = bitsPerPixel == 32 && !msbFirst && (red, green, blue) == (0xff0000, 0xff00, 0xff);

    /// <exception cref="UnsupportedException">The screen shows colours from a palette.</exception>
    public static PixelLayout Of(ServerSetup setup, ServerScreen screen)
    {
        var format = setup.Formats.First(format => format.Depth == screen.RootDepth);
        return screen.RootVisual.Class == TrueColor && format.BitsPerPixel is 16 or 24 or 32
            ? new PixelLayout(format.BitsPerPixel, format.ScanlinePad, setup.MsbFirstImages,
                screen.RootVisual.RedMask, screen.RootVisual.GreenMask, screen.RootVisual.BlueMask)
            : throw new UnsupportedException($"The screen has {screen.RootDepth} bits a pixel without true colours; 16, 24 or 32 are needed.");
    }

    /// <summary>Bytes of one row as the server sends it.</summary>
    public int Stride(int width) => (width * bitsPerPixel + scanlinePad - 1) / scanlinePad * scanlinePad / 8;

    public byte[] ToBgra(ReadOnlySpan<byte> source, int width, int height)
    {
        var target = new byte[width * height * 4];
        int stride = Stride(width), bytes = bitsPerPixel / 8;
        for (var y = 0; y < height; y++)
        {
            var row = source.Slice(y * stride, width * bytes);
            for (var x = 0; x < width; x++)
            {
                uint pixel = 0;
                for (var i = 0; i < bytes; i++) pixel |= (uint)row[x * bytes + i] << 8 * (msbFirst ? bytes - 1 - i : i);
                var at = (y * width + x) * 4;
                target[at] = Channel(pixel, blue);
                target[at + 1] = Channel(pixel, green);
                target[at + 2] = Channel(pixel, red);
                target[at + 3] = 0xff;
            }
        }

        return target;
    }

    static byte Channel(uint pixel, uint mask)
    {
        var value = (pixel & mask) >> BitOperations.TrailingZeroCount(mask);
        var most = mask >> BitOperations.TrailingZeroCount(mask);
        return (byte)(value * 255 / most);
    }
}
