using Sophon.Node.Actors.GatewayConnection.Hub.LiveView;
using Xunit;

namespace Sophon.Node.Tests.Actors.GatewayConnection.LiveView;

public sealed class AdaptiveQualitySpecs
{
    [Fact]
    public void Slow_way_should_cost_quality_down_to_a_floor_and_a_fast_one_bring_it_back()
    {
        var quality = new AdaptiveQuality();
        var first = quality.Current;
        quality.Taken(TimeSpan.FromMilliseconds(100));
        Assert.True(quality.Current < first);
        for (var i = 0; i < 20; i++) quality.Taken(TimeSpan.FromSeconds(1));
        Assert.Equal(AdaptiveQuality.Lowest, quality.Current);
        quality.Taken(TimeSpan.FromMilliseconds(40));
        Assert.Equal(AdaptiveQuality.Lowest, quality.Current);
        for (var i = 0; i < 50; i++) quality.Taken(TimeSpan.FromMilliseconds(5));
        Assert.Equal(AdaptiveQuality.Rest, quality.Current);
    }
}
