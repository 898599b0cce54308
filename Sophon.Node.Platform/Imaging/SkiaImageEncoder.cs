using System.Buffers;
using SkiaSharp;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Imaging;

/// <summary>Scales and encodes with Skia (its JPEG encoder is libjpeg-turbo).</summary>
public sealed class SkiaImageEncoder : IImageEncoder
{
    /// <summary>Largest side of a JPEG file (libjpeg's JPEG_MAX_DIMENSION).</summary>
    public const int MaxSide = 65_500;

    public EncodedImage EncodeJpeg(PixelImage image, int quality, int? maxWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (maxWidth is { } limit) ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(maxWidth));

        // Opaque: the fourth byte is whatever the display server left there.
        var info = new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using var pin = image.Bgra.Pin();
        using var source = new SKPixmap(info, AddressOf(pin));
        if (maxWidth is not { } width || width >= image.Width) return Encode(source, quality, 1.0);

        var scale = (double)width / image.Width;
        using var scaled = new SKBitmap(info.WithSize(width, Math.Max(1, (int)Math.Round(image.Height * scale, MidpointRounding.AwayFromZero))));
        using var target = scaled.PeekPixels();
        // Mipmaps average every source pixel; plain linear sampling would skip some below half size, and thin text with them.
        return source.ScalePixels(target, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ? Encode(target, quality, scale)
            : throw new ActionFailedException($"The image could not be scaled from {image.Width}x{image.Height} to a width of {width}.");
    }

    public int EncodePart(PixelImage image, ScreenRectangle part, int quality, IBufferWriter<byte> target)
    {
        using var pin = image.Bgra.Pin();
        var info = new SKImageInfo(part.Width, part.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using var source = new SKPixmap(info, AddressOf(pin) + ((nint)part.Y * image.Width + part.X) * 4, image.Width * 4);
        var file = Encode(source, quality, 1.0).Bytes;
        target.Write(file);
        return file.Length;
    }

    static unsafe nint AddressOf(MemoryHandle pin) => (nint)pin.Pointer;

    static EncodedImage Encode(SKPixmap pixels, int quality, double scale)
    {
        if (Math.Max(pixels.Width, pixels.Height) > MaxSide)
            throw new InvalidInputException($"A JPEG holds at most {MaxSide} pixels a side; this image has {pixels.Width}x{pixels.Height}. Give a smaller maxWidth or region.");

        using var file = pixels.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore))
            ?? throw new ActionFailedException($"The JPEG encoder refused an image of {pixels.Width}x{pixels.Height}.");
        return new EncodedImage(file.ToArray(), pixels.Width, pixels.Height, scale);
    }
}
