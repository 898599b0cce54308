using System.IO.Hashing;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices.Screen;

/// <summary>Tells equal pixels from others where the display server does not. Not for secrets: 64 bits, and no key.</summary>
static class PixelHash
{
    /// <param name="part">In pixels of the image, inside it.</param>
    public static ulong Of(PixelImage image, ScreenRectangle part)
    {
        var pixels = image.Bgra.Span;
        var hash = new XxHash3();
        for (var y = part.Y; y < part.Bottom; y++) hash.Append(pixels.Slice((y * image.Width + part.X) * 4, part.Width * 4));
        return hash.GetCurrentHashAsUInt64();
    }

    public static ulong Of(PixelImage image) => XxHash3.HashToUInt64(image.Bgra.Span);
}
