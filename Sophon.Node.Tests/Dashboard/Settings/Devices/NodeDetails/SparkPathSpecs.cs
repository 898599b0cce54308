using Sophon.Gateway.Dashboard.Settings.Devices.NodeDetails;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.NodeDetails;

public class SparkPathSpecs
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Line_should_end_at_the_right_with_the_highest_value_at_the_top() =>
        Assert.Equal("M295.5 24h0L298 2", SparkPath.Of([At(30, 5), At(0, 10)], Now));

    [Fact]
    public void Line_should_have_a_gap_where_the_node_was_away() =>
        Assert.Equal(2, SparkPath.Of([At(300, 1), At(270, 1), At(30, 1), At(0, 1)], Now).Count(c => c == 'M'));

    [Fact]
    public void Nothing_but_zeros_should_lie_on_the_ground() => Assert.Equal("M298 46h0", SparkPath.Of([At(0, 0)], Now));

    static SparkPoint At(int secondsAgo, double value) => new(Now.AddSeconds(-secondsAgo), value);
}
