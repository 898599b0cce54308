using Sophon.Node.Tests.Chaos.Connection;
using Sophon.Node.Tests.Chaos.Hostile;
using Sophon.Node.Tests.Chaos.State;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>Storms, hostile peers, and damaged files.</summary>
[Trait("kind", "chaos")]
public sealed class HostileChaos
{
    static int Seed => Environment.TickCount & int.MaxValue;

    [Fact]
    public Task Hostile_gateway() => ChaosTable.HoldAsync("10", () => HostileGatewayScenario.RunAsync(inputs: 10_000, every: 20, Seed));

    [Fact]
    public Task Hostile_node() => ChaosTable.HoldAsync("10", () => HostileNodeScenario.RunAsync(inputs: 10_000, every: 20, Seed));

    [Fact]
    public Task Storm() => ChaosTable.HoldAsync("6", () => StormScenario.RunAsync(nodes: 250, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)));

    [Fact]
    public Task Clock() => !ClockScenario.IsPossible ? throw Xunit.Sdk.SkipException.ForSkip("libfaketime is not installed: apt install libfaketime.") : ChaosTable.HoldAsync("15", ClockScenario.RunAsync);

    [Fact]
    public Task Damaged_journals() => ChaosTable.HoldAsync("J1", () => JournalDamageScenario.FilesAsync(1_000, Seed));

    [Fact]
    public Task Nodes_on_damaged_journals() => ChaosTable.HoldAsync("J2", () => JournalDamageScenario.ProcessesAsync(40, Seed));

    [Fact]
    public Task Journal_cost() => ChaosTable.HoldAsync("J3", () => JournalDamageScenario.CostAsync(50_000));
}
