using Sophon.Node.Platform.Imaging.TurboJpeg;
using Xunit;

namespace Sophon.Node.Tests.Platform.Imaging.TurboJpeg;

public class AreaScalerSpecs
{
    [Fact]
    public void A_plain_colour_should_stay_exactly_the_same()
    {
        byte[] colour = [255, 0, 77, 3];
        var source = Enumerable.Range(0, 997 * 31).SelectMany(_ => colour).ToArray();

        foreach (var (width, height) in ((int, int)[])[(996, 30), (500, 16), (333, 11), (7, 1), (1, 1)])
            Assert.All(Scale(source, 997, 31, width, height).Chunk(4), pixel => Assert.Equal(colour, pixel));
    }

    [Fact]
    public void Half_the_size_should_be_the_mean_of_four()
    {
        byte[] source = [.. Pixel(0), .. Pixel(100), .. Pixel(200), .. Pixel(60)];

        Assert.Equal(Pixel(90), Scale(source, 2, 2, 1, 1));
    }

    [Fact]
    public void A_pixel_should_weigh_as_much_as_is_covered()
    {
        // 3 → 2: the middle one belongs to both by half.
        byte[] source = [.. Pixel(30), .. Pixel(90), .. Pixel(210)];

        Assert.Equal([.. Pixel(50), .. Pixel(170)], Scale(source, 3, 1, 2, 1));
    }

    [Fact]
    public void The_mean_over_all_should_stay_and_cores_should_not_matter()
    {
        var random = new Random(2);
        var source = new byte[640 * 401 * 4];
        random.NextBytes(source);

        var one = Scale(source, 640, 401, 233, 146);
        var four = Scale(source, 640, 401, 233, 146, cores: 4);

        Assert.Equal(one, four);
        Assert.InRange(one.Average(b => b) - source.Average(b => b), -0.5, 0.5);
    }

    static byte[] Pixel(byte value) => [value, value, value, value];

    static byte[] Scale(byte[] source, int width, int height, int targetWidth, int targetHeight, int cores = 1)
    {
        var target = new byte[targetWidth * targetHeight * 4];
        AreaScaler.Scale(source, width, height, target, targetWidth, targetHeight, cores);
        return target;
    }
}
