using System.Buffers;

namespace Sophon.Node.Platform.Ports;

/// <summary>One pipeline for every desktop: scaling and JPEG.</summary>
public interface IImageEncoder
{
    /// <summary>Baseline JPEG, 4:2:0.</summary>
    /// <param name="image">Source pixels.</param>
    /// <param name="quality">1–100, the scale of libjpeg.</param>
    /// <param name="maxWidth">Widest result in pixels; a narrower source keeps its size, the aspect is kept.</param>
    EncodedImage EncodeJpeg(PixelImage image, int quality, int? maxWidth);

    /// <summary>A JPEG of a part of the image, straight into <paramref name="target"/>; on the calling thread alone.</summary>
    /// <param name="image">Source pixels.</param>
    /// <param name="part">In pixels of the image, inside it.</param>
    /// <param name="quality">1–100, the scale of libjpeg.</param>
    /// <param name="target">Gets the file.</param>
    /// <returns>The file's bytes.</returns>
    int EncodePart(PixelImage image, ScreenRectangle part, int quality, IBufferWriter<byte> target);
}

/// <param name="Bytes">The file.</param>
/// <param name="Width">Pixels in the file.</param>
/// <param name="Height">Pixels in the file.</param>
/// <param name="Scale">File pixels per source pixel, horizontally: multiply a screen coordinate by it to find it in the image. 1.0 when unscaled.</param>
public sealed record EncodedImage(byte[] Bytes, int Width, int Height, double Scale);
