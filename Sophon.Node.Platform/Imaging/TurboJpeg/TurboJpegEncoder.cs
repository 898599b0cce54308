using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Imaging.TurboJpeg;

/// <summary>
/// libjpeg-turbo itself, several times as fast as Skia's copy of it. Reads the pixels where they are; large images are
/// encoded in strips on several cores and joined.
/// </summary>
public sealed class TurboJpegEncoder : IImageEncoder, IDisposable
{
    // Below this a second core costs more than it saves (measured: 640x360 gains nothing).
    const int PixelsForStrips = 640 * 480;

    const int MostStrips = 4;

    readonly int strips;
    readonly ConcurrentBag<LibTurboJpeg.Compressor> compressors = [];

    /// <param name="cores">How many cores may work on one image.</param>
    public TurboJpegEncoder(int cores) => strips = Math.Clamp(cores, 1, MostStrips);

    /// <summary>The fastest encoder that this machine has: libjpeg-turbo where it is installed, else Skia.</summary>
    public static IImageEncoder CreateBest() =>
        IsInstalled ? new TurboJpegEncoder(Environment.ProcessorCount) : new SkiaImageEncoder();

    /// <summary>The library can be loaded.</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(LibTurboJpeg.Library, typeof(LibTurboJpeg).Assembly, null, out _);

    public EncodedImage EncodeJpeg(PixelImage image, int quality, int? maxWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (maxWidth is { } limit) ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(maxWidth));

        if (maxWidth is not { } width || width >= image.Width)
            return new EncodedImage(Encode(image.Bgra, image.Width, image.Height, quality), image.Width, image.Height, 1.0);

        var (scaledHeight, scale) = (Math.Max(1, (int)Math.Round((double)image.Height * width / image.Width, MidpointRounding.AwayFromZero)), (double)width / image.Width);
        var scaled = ArrayPool<byte>.Shared.Rent(width * scaledHeight * 4);
        try
        {
            AreaScaler.Scale(image.Bgra, image.Width, image.Height, scaled, width, scaledHeight, strips);
            return new EncodedImage(Encode(scaled, width, scaledHeight, quality), width, scaledHeight, scale);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scaled);
        }
    }

    public int EncodePart(PixelImage image, ScreenRectangle part, int quality, IBufferWriter<byte> target)
    {
        using var pin = image.Bgra.Pin();
        var source = AddressOf(pin) + ((nint)part.Y * image.Width + part.X) * 4;
        var room = target.GetMemory((int)LibTurboJpeg.BufferSize(part.Width, part.Height, LibTurboJpeg.Subsampling420).Value);
        var length = Compress(source, image.Width * 4, part.Width, part.Height, quality, room);
        target.Advance(length);
        return length;
    }

    public void Dispose()
    {
        while (compressors.TryTake(out var compressor)) compressor.Dispose();
    }

    byte[] Encode(ReadOnlyMemory<byte> bgra, int width, int height, int quality)
    {
        if (Math.Max(width, height) > SkiaImageEncoder.MaxSide)
            throw new InvalidInputException($"A JPEG holds at most {SkiaImageEncoder.MaxSide} pixels a side; this image has {width}x{height}. Give a smaller maxWidth or region.");

        var count = (long)width * height < PixelsForStrips ? 1 : strips;
        var units = (height + JpegStrips.Unit - 1) / JpegStrips.Unit;
        var stripHeight = (units + count - 1) / count * JpegStrips.Unit;
        // The restart interval is 16 bit wide.
        if ((width + JpegStrips.Unit - 1) / JpegStrips.Unit * (stripHeight / JpegStrips.Unit) > ushort.MaxValue) stripHeight = units * JpegStrips.Unit;
        count = (height + stripHeight - 1) / stripHeight;

        var buffers = new byte[count][];
        var parts = new ReadOnlyMemory<byte>[count];
        using var pin = bgra.Pin();
        var source = AddressOf(pin);
        try
        {
            if (count == 1) EncodeStrip(0);
            else Parallel.For(0, count, EncodeStrip);
            return count == 1 ? parts[0].ToArray() : JpegStrips.Join(parts, width, height, stripHeight);
        }
        finally
        {
            foreach (var buffer in buffers)
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }

        void EncodeStrip(int i)
        {
            var rows = Math.Min(stripHeight, height - i * stripHeight);
            buffers[i] = ArrayPool<byte>.Shared.Rent((int)LibTurboJpeg.BufferSize(width, rows, LibTurboJpeg.Subsampling420).Value);
            parts[i] = buffers[i].AsMemory(0, Compress(source + (nint)width * 4 * stripHeight * i, width * 4, width, rows, quality, buffers[i]));
        }
    }

    int Compress(nint source, int pitch, int width, int height, int quality, Memory<byte> buffer)
    {
        if (!compressors.TryTake(out var compressor)) compressor = LibTurboJpeg.InitCompress();
        using var target = buffer.Pin();
        var (address, size) = (AddressOf(target), new CULong((nuint)buffer.Length));
        var result = LibTurboJpeg.Compress(compressor, source, width, pitch, height, LibTurboJpeg.PixelFormatBgrx,
            ref address, ref size, LibTurboJpeg.Subsampling420, quality,
            LibTurboJpeg.NoReallocation | LibTurboJpeg.AccurateDct);
        if (result != 0)
        {
            var reason = Marshal.PtrToStringUTF8(LibTurboJpeg.ErrorText(compressor));
            compressor.Dispose();
            throw new ActionFailedException($"The JPEG encoder refused an image of {width}x{height}: {reason}");
        }

        compressors.Add(compressor);
        return (int)size.Value;
    }

    static unsafe nint AddressOf(MemoryHandle pin) => (nint)pin.Pointer;
}
