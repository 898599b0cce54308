using Sophon.Node.Platform.Imaging;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Ports;
using SkiaSharp;
using Xunit;

namespace Sophon.Node.Tests.Platform.Imaging.TurboJpeg;

public class TurboJpegEncoderSpecs
{
    public TurboJpegEncoderSpecs() => Assert.SkipUnless(TurboJpegEncoder.IsInstalled, "libturbojpeg0 is not installed: sudo apt install libturbojpeg0");

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1921, 1081)]
    [InlineData(800, 601)]
    [InlineData(640, 481)]
    public void Strips_should_give_the_same_pixels_as_one_piece(int width, int height)
    {
        using var image = Noise(width, height);
        using var whole = new TurboJpegEncoder(1);

        foreach (var cores in (int[])[2, 3, 4])
        {
            using var parallel = new TurboJpegEncoder(cores);
            Assert.Equal(Decode(whole.EncodeJpeg(image, 80, null)), Decode(parallel.EncodeJpeg(image, 80, null)));
        }
    }

    [Fact]
    public void A_file_should_be_baseline_JPEG_in_4_2_0()
    {
        using var image = Noise(800, 600);
        using var encoder = new TurboJpegEncoder(2);

        var file = encoder.EncodeJpeg(image, 80, null).Bytes;

        Assert.Equal([0xff, 0xd8, 0xff, 0xe0], file[..4]);
        var frame = file.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]);
        Assert.Equal([8, 600 >> 8, 600 & 255, 800 >> 8, 800 & 255, 3, 1, 0x22], file[(frame + 4)..(frame + 12)]);
        Assert.Equal([0xff, 0xd9], file[^2..]);
    }

    [Fact]
    public void Quality_should_be_libjpegs()
    {
        using var image = Photo(640, 400);
        using var turbo = new TurboJpegEncoder(1);
        foreach (var quality in (int[])[1, 20, 50, 80, 95, 100])
        {
            // Skia has libjpeg-turbo inside, so the same scale must give nearly the same error.
            var (ours, skias) = (turbo.EncodeJpeg(image, quality, null), new SkiaImageEncoder().EncodeJpeg(image, quality, null));
            Assert.InRange(Psnr(image, ours) - Psnr(image, skias), -0.5, 0.5);
        }
    }

    [Fact]
    public void A_smaller_width_should_keep_the_aspect_and_tell_the_scale()
    {
        using var image = Photo(1000, 500);
        using var encoder = new TurboJpegEncoder(2);

        var file = encoder.EncodeJpeg(image, 90, 333);

        Assert.Equal((333, 167, 0.333), (file.Width, file.Height, file.Scale));
        using var bitmap = SKBitmap.Decode(file.Bytes);
        Assert.Equal((333, 167), (bitmap.Width, bitmap.Height));
    }

    [Fact]
    public void A_width_that_is_not_smaller_should_change_nothing()
    {
        using var image = Photo(100, 50);
        using var encoder = new TurboJpegEncoder(2);

        Assert.Equal((100, 50, 1.0), encoder.EncodeJpeg(image, 90, 100) is var file ? (file.Width, file.Height, file.Scale) : default);
    }

    [Fact]
    public void One_pixel_should_be_an_image()
    {
        using var image = new PixelImage(1, 1, new byte[] { 0, 0, 255, 0 });
        using var encoder = new TurboJpegEncoder(2);

        Assert.Equal(1, SKBitmap.Decode(encoder.EncodeJpeg(image, 90, null).Bytes).Width);
    }

    [Fact]
    public void An_image_too_wide_for_JPEG_should_be_refused_with_its_size()
    {
        using var image = new PixelImage(65_501, 1, new byte[65_501 * 4]);
        using var encoder = new TurboJpegEncoder(2);

        Assert.Contains("65501x1", Assert.Throws<InvalidInputException>(() => encoder.EncodeJpeg(image, 90, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_should_get_their_own_images()
    {
        using var encoder = new TurboJpegEncoder(2);
        Parallel.For(1, 40, i =>
        {
            using var image = new PixelImage(700, 500, Enumerable.Repeat((byte)(i * 6), 700 * 500 * 4).ToArray());
            using var bitmap = SKBitmap.Decode(encoder.EncodeJpeg(image, 100, null).Bytes);
            Assert.InRange(bitmap.GetPixel(350, 400).Red, i * 6 - 1, i * 6 + 1);
        });
    }

    static byte[] Decode(EncodedImage file)
    {
        using var bitmap = SKBitmap.Decode(file.Bytes);
        Assert.Equal((file.Width, file.Height), (bitmap.Width, bitmap.Height));
        return bitmap.Bytes;
    }

    static double Psnr(PixelImage image, EncodedImage file)
    {
        var (before, after) = (image.Bgra.ToArray(), Decode(file));
        var error = before.Zip(after).Where((_, i) => i % 4 != 3).Average(pair => Math.Pow(pair.First - pair.Second, 2));
        return error == 0 ? 99 : 10 * Math.Log10(255 * 255 / error);
    }

    static PixelImage Noise(int width, int height)
    {
        var pixels = new byte[width * height * 4];
        new Random(3).NextBytes(pixels);
        return new PixelImage(width, height, pixels);
    }

    static PixelImage Photo(int width, int height)
    {
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            int x = i % width, y = i / width;
            pixels[i * 4] = (byte)(128 + 127 * Math.Sin(x / 17.0));
            pixels[i * 4 + 1] = (byte)(128 + 127 * Math.Sin(y / 23.0));
            pixels[i * 4 + 2] = (byte)((x + y) / 4);
        }

        return new PixelImage(width, height, pixels);
    }
}
