using System.Diagnostics;
using System.Globalization;
using Sophon.Node.Platform.Imaging;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Imaging;

public sealed class SkiaImageEncoderSpecs(ITestOutputHelper output)
{
    /// <summary>What two implementations of the same DCT may differ by.</summary>
    const double ToleranceDb = 0.25;

    readonly SkiaImageEncoder encoder = new();

    [Fact]
    [Trait("kind", "real")]
    public async Task Jpeg_should_be_as_true_as_cjpeg_at_every_quality()
    {
        using var folder = new TestFolder();
        var picture = TestPictures.Pattern(640, 400);
        var ppm = folder.File("picture.ppm");
        await File.WriteAllBytesAsync(ppm, TestPictures.ToPpm(picture));
        output.WriteLine("quality   ours dB  cjpeg dB    ours bytes  cjpeg bytes");
        var worst = double.MaxValue;

        for (var quality = 1; quality <= 100; quality++)
        {
            var ours = folder.File("ours.jpg");
            var theirs = folder.File("theirs.jpg");
            await File.WriteAllBytesAsync(ours, encoder.EncodeJpeg(picture, quality, null).Bytes);
            // Below 24 cjpeg would write 16-bit tables, which are not baseline.
            await TestProcess.RunAsync("cjpeg", ["-quality", Text(quality), "-sample", "2x2", .. quality < 24 ? new[] { "-baseline" } : [], "-outfile", theirs, ppm]);
            double our = await PsnrAsync(ours, picture, folder), their = await PsnrAsync(theirs, picture, folder);
            if (quality is 1 or 5 or 23 or 24 or 99 or 100 || quality % 10 == 0)
                output.WriteLine($"{quality,7} {our,9:0.00} {their,9:0.00} {new FileInfo(ours).Length,13} {new FileInfo(theirs).Length,12}");
            worst = Math.Min(worst, our - their);
            Assert.True(our > their - ToleranceDb, $"quality {quality}: {our:0.00} dB, cjpeg {their:0.00} dB");
        }

        output.WriteLine($"worst difference {worst:0.000} dB");
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Jpeg_should_be_baseline_with_halved_colour()
    {
        using var folder = new TestFolder();
        foreach (var quality in new[] { 1, 80, 100 })
        {
            await File.WriteAllBytesAsync(folder.File("a.jpg"), encoder.EncodeJpeg(TestPictures.Pattern(64, 64), quality, null).Bytes);
            var facts = await TestProcess.RunAsync("identify", ["-format", "%[jpeg:sampling-factor] %[interlace]", folder.File("a.jpg")]);
            Assert.Equal("2x2,1x1,1x1 None", facts);
        }
    }

    [Theory]
    [InlineData(1280, 800, 640, 640, 400)]
    [InlineData(1920, 1080, 1000, 1000, 563)]
    [InlineData(800, 600, 801, 800, 600)]
    [InlineData(800, 600, 800, 800, 600)]
    [InlineData(3000, 1, 10, 10, 1)]
    [InlineData(100, 100, 1, 1, 1)]
    public void Width_should_be_exact_and_aspect_kept(int width, int height, int maxWidth, int expectedWidth, int expectedHeight)
    {
        var image = encoder.EncodeJpeg(TestPictures.Pattern(width, height), 80, maxWidth);

        Assert.Equal((expectedWidth, expectedHeight), (image.Width, image.Height));
        Assert.Equal((expectedWidth, expectedHeight), JpegSize(image.Bytes));
        Assert.Equal((double)expectedWidth / width, image.Scale);
    }

    [Fact]
    public void Scaling_should_average_and_not_skip()
    {
        // Single white columns, one in four, that sampling every fourth pixel would turn all black or all white.
        var stripes = new byte[400 * 40 * 4];
        for (var i = 0; i < stripes.Length; i++) stripes[i] = (byte)(i / 4 % 4 == 1 ? 255 : 0);

        var image = encoder.EncodeJpeg(new PixelImage(400, 40, stripes), 95, 100);

        using var decoded = SkiaSharp.SKBitmap.Decode(image.Bytes);
        Assert.InRange((int)decoded.GetPixel(50, 5).Red, 40, 90);
    }

    [Fact]
    public void Smallest_and_widest_images_should_be_encoded()
    {
        Assert.Equal((1, 1), JpegSize(encoder.EncodeJpeg(TestPictures.Pattern(1, 1), 50, null).Bytes));
        Assert.Equal((65_500, 3), JpegSize(encoder.EncodeJpeg(new PixelImage(65_500, 3, new byte[65_500 * 3 * 4]), 50, null).Bytes));
    }

    [Fact]
    public void Image_wider_than_jpeg_allows_should_be_refused_unless_scaled()
    {
        var wide = new PixelImage(65_501, 2, new byte[65_501 * 2 * 4]);

        Assert.Contains("65500", Assert.Throws<InvalidInputException>(() => encoder.EncodeJpeg(wide, 50, null)).Message);
        Assert.Equal(1000, encoder.EncodeJpeg(wide, 50, 1000).Width);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(101, null)]
    [InlineData(50, 0)]
    public void Senseless_settings_should_be_refused(int quality, int? maxWidth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.EncodeJpeg(TestPictures.Pattern(8, 8), quality, maxWidth));
    }

    [Fact]
    public void Time_for_a_full_hd_screen_is_printed()
    {
        var picture = TestPictures.Pattern(1920, 1080);
        encoder.EncodeJpeg(picture, 80, null);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++) encoder.EncodeJpeg(picture, 80, null);
        output.WriteLine($"1920x1080 at quality 80: {watch.ElapsedMilliseconds / 5} ms");
    }

    static async Task<double> PsnrAsync(string jpeg, PixelImage source, TestFolder folder)
    {
        await TestProcess.RunAsync("djpeg", ["-ppm", "-outfile", folder.File("decoded.ppm"), jpeg]);
        return TestPictures.Psnr(source, TestPictures.FromPpm(await File.ReadAllBytesAsync(folder.File("decoded.ppm"))));
    }

    static (int Width, int Height) JpegSize(byte[] jpeg)
    {
        using var codec = SkiaSharp.SKCodec.Create(new MemoryStream(jpeg));
        return (codec.Info.Width, codec.Info.Height);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
