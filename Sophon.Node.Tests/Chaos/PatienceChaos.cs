using Sophon.Node.Tests.Chaos.Connection;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>What is silent, and how long until somebody notices: these wait, mostly.</summary>
[Trait("kind", "chaos")]
public sealed class PatienceChaos
{
    [Fact]
    public Task Half_open_connection() => ChaosTable.HoldAsync("3", () => HalfOpenScenario.RunAsync());

    [Fact]
    public Task Black_hole_at_each_step() => ChaosTable.HoldAsync("4", () => BlackHoleScenario.RunAsync(open: TimeSpan.FromSeconds(25)));

    [Fact]
    public Task Gateway_absent_at_start() => ChaosTable.HoldAsync("5", () => AbsentGatewayScenario.RunAsync(null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)));

    [Fact]
    public Task Revoked_while_away() => ChaosTable.HoldAsync("8", () => FinalRefusalScenario.AwayAsync(TimeSpan.FromSeconds(35)));

    [Fact]
    public Task Revoked_at_work() => ChaosTable.HoldAsync("9", FinalRefusalScenario.AtWorkAsync);
}
