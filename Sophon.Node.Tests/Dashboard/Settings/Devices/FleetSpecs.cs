using Sophon.Node.Tests.Support.Browser;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices;

/// <summary>That a large fleet can be looked at at all; how fast is what <c>./bench.sh</c> prints.</summary>
[Trait("kind", "real")]
public class FleetSpecs
{
    [Fact]
    public async Task List_of_a_thousand_should_open_and_scroll_to_its_end()
    {
        var times = await DeviceListTimes.MeasureAsync(registered: 1_000, connected: 50);
        Assert.InRange(times.Open.TotalSeconds, 0, 20);
        Assert.InRange(times.Scroll.TotalSeconds, 0, 20);
    }
}
