using Sophon.Node.Platform.Linux.X11.Native;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class MachineLoadSpecs
{
    [Theory]
    [InlineData("0.10 0.26 0.13 1/300 999\n", 2, 1)]
    [InlineData("6.00 0.26 0.13 1/300 999\n", 2, 3)]
    [InlineData("0.10 0.26 0.13 10/300 999\n", 2, 5)]
    [InlineData("480.00 0.26 0.13 1/300 999\n", 2, 6)]
    [InlineData("nonsense", 2, 1)]
    public void Waiting_should_grow_with_those_who_want_a_processor(string loadavg, int processors, double factor) =>
        Assert.Equal(factor, MachineLoad.Read(loadavg, processors));
}
