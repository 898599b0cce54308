using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Platform;

/// <summary>Pictures whose every pixel is known.</summary>
public static class TestPictures
{
    /// <summary>A desktop-like mixture: gradients, flat areas with hard edges, single-pixel lines, and some noise.</summary>
    public static PixelImage Pattern(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        var bgra = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = (x * 4 / width, y * 3 / height) switch
                {
                    (0, _) => (x * 255 / width * 4 % 256, y * 255 / height, 128),
                    (1, 0) => x / 7 % 2 == 0 ? (250, 250, 250) : (20, 20, 30),
                    (1, 1) => (x + y) % 16 == 0 ? (255, 0, 0) : (40, 90, 160),
                    (2, 2) => (random.Next(256), random.Next(256), random.Next(256)),
                    (3, 0) => (0, 128, 0),
                    _ => (230, y % 9 == 0 ? 60 : 225, 210),
                };
                var i = (y * width + x) * 4;
                (bgra[i], bgra[i + 1], bgra[i + 2], bgra[i + 3]) = ((byte)b, (byte)g, (byte)r, 255);
            }
        }

        return new PixelImage(width, height, bgra);
    }

    public static PixelImage Crop(PixelImage image, ScreenRectangle area)
    {
        var bgra = new byte[area.Width * area.Height * 4];
        for (var y = 0; y < area.Height; y++)
            image.Bgra.Span.Slice(((area.Y + y) * image.Width + area.X) * 4, area.Width * 4).CopyTo(bgra.AsSpan(y * area.Width * 4));
        return new PixelImage(area.Width, area.Height, bgra);
    }

    /// <summary>Pixels whose red, green or blue differ.</summary>
    public static int CountDifferences(PixelImage one, PixelImage other)
    {
        if ((one.Width, one.Height) != (other.Width, other.Height)) return int.MaxValue;
        var count = 0;
        for (var i = 0; i < one.Bgra.Length; i += 4)
            if (!one.Bgra.Span.Slice(i, 3).SequenceEqual(other.Bgra.Span.Slice(i, 3))) count++;
        return count;
    }

    /// <summary>Peak signal to noise ratio over red, green and blue, in dB.</summary>
    public static double Psnr(PixelImage one, PixelImage other)
    {
        double sum = 0;
        for (var i = 0; i < one.Bgra.Length; i++)
        {
            if (i % 4 == 3) continue;
            double difference = one.Bgra.Span[i] - other.Bgra.Span[i];
            sum += difference * difference;
        }

        var mean = sum / (one.Width * one.Height * 3.0);
        return mean == 0 ? 99 : 10 * Math.Log10(255 * 255 / mean);
    }

    /// <summary>As a PPM file (P6).</summary>
    public static byte[] ToPpm(PixelImage image)
    {
        var header = System.Text.Encoding.ASCII.GetBytes($"P6\n{image.Width} {image.Height}\n255\n");
        var file = new byte[header.Length + image.Width * image.Height * 3];
        header.CopyTo(file, 0);
        for (int i = 0, o = header.Length; i < image.Bgra.Length; i += 4, o += 3)
            (file[o], file[o + 1], file[o + 2]) = (image.Bgra.Span[i + 2], image.Bgra.Span[i + 1], image.Bgra.Span[i]);
        return file;
    }

    /// <summary>Reads a PPM file (P6, 255) as djpeg writes it.</summary>
    public static PixelImage FromPpm(byte[] file)
    {
        var fields = new List<int>();
        var i = 2;
        while (fields.Count < 3)
        {
            while (file[i] is (byte)' ' or (byte)'\n') i++;
            var start = i;
            while (file[i] is not ((byte)' ' or (byte)'\n')) i++;
            fields.Add(int.Parse(System.Text.Encoding.ASCII.GetString(file, start, i - start), System.Globalization.CultureInfo.InvariantCulture));
        }

        i++;
        var (width, height) = (fields[0], fields[1]);
        var bgra = new byte[width * height * 4];
        for (var o = 0; o < bgra.Length; o += 4, i += 3)
            (bgra[o], bgra[o + 1], bgra[o + 2], bgra[o + 3]) = (file[i + 2], file[i + 1], file[i], 255);
        return new PixelImage(width, height, bgra);
    }
}
