using Sophon.Node.Actors;
using Sophon.Node.Actors.GatewayConnection;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.GatewayConnection;

public sealed class ReconnectPolicySpecs
{
    static ReconnectPolicy Policy(double sample) => new(new GatewaySettings(), () => sample);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 30)]
    [InlineData(5, 30)]
    [InlineData(100_000, 30)]
    public void Delay_should_grow_to_the_cap_with_full_jitter(int failures, double ceilingSeconds)
    {
        Assert.Equal(TimeSpan.Zero, Policy(0).DelayAfter(failures));
        Assert.Equal(ceilingSeconds / 2, Policy(0.5).DelayAfter(failures).TotalSeconds, 3);
        Assert.InRange(Policy(0.999).DelayAfter(failures).TotalSeconds, ceilingSeconds * 0.99, ceilingSeconds);
    }

    [Fact]
    public void Delay_should_refuse_a_count_below_one() => Assert.Throws<ArgumentOutOfRangeException>(() => Policy(0).DelayAfter(0));

    [Theory]
    [InlineData(DisconnectReasons.Unauthorized, "unpair")]
    [InlineData(DisconnectReasons.NotApproved, "Approve")]
    [InlineData(DisconnectReasons.Revoked, "unpair")]
    [InlineData(DisconnectReasons.Superseded, "Stop one")]
    public void Final_refusals_should_say_what_to_do(string reason, string cure) => Assert.Contains(cure, ReconnectPolicy.FinalRefusal(reason), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(DisconnectReasons.ShuttingDown)]
    [InlineData("anything else")]
    public void Other_reasons_should_be_retried(string? reason) => Assert.Null(ReconnectPolicy.FinalRefusal(reason));
}
