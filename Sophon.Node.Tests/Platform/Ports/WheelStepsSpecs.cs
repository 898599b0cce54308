using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Ports;

public sealed class WheelStepsSpecs
{
    [Fact]
    public void Steps_should_add_up_to_the_pixels_of_all_calls()
    {
        var wheel = new WheelSteps();

        Assert.Equal([0, 1, -1, 0, 2, 0], new[] { 39, 1, -45, 5, 99, -19 }.Select(wheel.Take));
        Assert.Equal([1, 1], new[] { 79, 1 }.Select(wheel.Take));
    }

    [Fact]
    public void Largest_delta_should_not_overflow()
    {
        var wheel = new WheelSteps();
        wheel.Take(39);

        Assert.Equal((int)((39L + int.MaxValue) / 40), wheel.Take(int.MaxValue));
    }
}
