using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Nodes;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Nodes;

public class HeartbeatSamplesSpecs
{
    readonly FakeTimeProvider time = new();
    readonly HeartbeatSamples samples;

    public HeartbeatSamplesSpecs() => samples = new HeartbeatSamples(time);

    [Fact]
    public void Samples_should_be_those_of_the_last_hour()
    {
        for (var beat = 0; beat < 200; beat++) Beat(beat);
        var kept = samples.Of("desk");
        Assert.Equal((121, 79f, 199f), (kept.Count, kept[0].CpuPercent, kept[^1].CpuPercent));
    }

    [Fact]
    public void Node_that_beats_too_fast_should_cost_no_more()
    {
        for (var beat = 0; beat < 100; beat++) samples.Add("desk", Of(beat));
        Assert.Single(samples.Of("desk"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Number_that_is_none_should_be_zero(double value)
    {
        samples.Add("desk", Of(value));
        Assert.Equal(0, samples.Of("desk")[0].CpuPercent);
    }

    [Fact]
    public void Removed_node_should_leave_nothing()
    {
        Beat(1);
        samples.Forget("desk");
        Assert.Empty(samples.Of("desk"));
    }

    void Beat(double cpu)
    {
        time.Advance(TimeSpan.FromSeconds(30));
        samples.Add("desk", Of(cpu));
    }

    static Heartbeat Of(double cpu) => new("desk", "online", 1, "linux", "1.0.0", cpu, 40);
}
