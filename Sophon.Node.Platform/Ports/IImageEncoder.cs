namespace Sophon.Node.Platform.Ports;

/// <summary>One pipeline for every desktop: scaling and JPEG.</summary>
public interface IImageEncoder
{
    /// <summary>Baseline JPEG, 4:2:0.</summary>
    /// <param name="image">Source pixels.</param>
    /// <param name="quality">1–100, the scale of libjpeg.</param>
    /// <param name="maxWidth">Widest result in pixels; a narrower source keeps its size, the aspect is kept.</param>
    EncodedImage EncodeJpeg(PixelImage image, int quality, int? maxWidth);
}

/// <param name="Bytes">The file.</param>
/// <param name="Width">Pixels in the file.</param>
/// <param name="Height">Pixels in the file.</param>
/// <param name="Scale">File pixels per source pixel, horizontally: multiply a screen coordinate by it to find it in the image. 1.0 when unscaled.</param>
public sealed record EncodedImage(byte[] Bytes, int Width, int Height, double Scale);
