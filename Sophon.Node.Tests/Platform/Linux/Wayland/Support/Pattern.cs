using System.Runtime.InteropServices;
using SkiaSharp;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>A picture in which every pixel tells where it is, shown as the desktop's background.</summary>
public sealed class Pattern
{
    readonly int width;
    readonly uint[] pixels;

    Pattern(int width, int height)
    {
        this.width = width;
        pixels = new uint[width * height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = ColorAt(i % width, i / width);
    }

    public static async Task<Pattern> ShowAsync(SwayServer sway, int width, int height)
    {
        var pattern = new Pattern(width, height);
        using (var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque)))
        {
            MemoryMarshal.AsBytes(pattern.pixels.AsSpan()).CopyTo(bitmap.GetPixelSpan());
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            await File.WriteAllBytesAsync(sway.File("pattern.png"), png.ToArray());
        }

        await sway.SwaymsgAsync($"output * bg {sway.File("pattern.png")} tile");
        return pattern;
    }

    public PixelImage Cut(ScreenRectangle area)
    {
        var cut = new uint[area.Width * area.Height];
        for (var y = 0; y < area.Height; y++)
            pixels.AsSpan((area.Y + y) * width + area.X, area.Width).CopyTo(cut.AsSpan(y * area.Width));
        return new PixelImage(area.Width, area.Height, MemoryMarshal.AsBytes(cut.AsSpan()).ToArray());
    }

    static uint ColorAt(int x, int y) => 0xff000000 | (uint)(x & 255) << 16 | (uint)(y & 255) << 8 | (uint)(x >> 8 | y >> 8 << 4);
}
