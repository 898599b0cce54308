using Sophon.Node.Actors;
using Xunit;

namespace Sophon.Node.Tests.Actors;

public sealed class ClockSkewSpecs
{
    [Fact]
    public void Person_should_be_told_once_and_again_when_it_has_changed()
    {
        var skew = new ClockSkew();
        var told = new List<int>();
        foreach (var seconds in new[] { 0, 60, 61, 65, 120, 200, 200, 0, -86_400, -86_390, 86_400 })
        {
            if (skew.ShouldWarnOf(TimeSpan.FromSeconds(seconds))) told.Add(seconds);
        }

        Assert.Equal([61, 200, -86_400, 86_400], told);
        Assert.False(skew.ShouldWarnOf(null));
    }
}
