using Sophon.Node.Tests.Chaos.Connection;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>Processes that are killed, and those that only look alive.</summary>
[Trait("kind", "chaos")]
public sealed class DeathChaos
{
    [Fact]
    public Task Gateway_killed_once() => ChaosTable.HoldAsync("1a", () => GatewayKillScenario.RunAsync("1a", commands: 1_000, kills: 1));

    [Fact]
    public Task Gateway_killed_ten_times() => ChaosTable.HoldAsync("1b", () => GatewayKillScenario.RunAsync("1b", commands: 1_000, kills: 10));

    [Fact]
    public Task Node_killed() => ChaosTable.HoldAsync("2", () => NodeKillScenario.RunAsync(commands: 1_000));

    [Fact]
    public Task Unacknowledged_connection() => ChaosTable.HoldAsync("7", () => AliveButDeadScenario.UnacknowledgedAsync(TimeSpan.FromSeconds(90)));

    [Fact]
    public Task Stopped_process() => ChaosTable.HoldAsync("7", () => AliveButDeadScenario.StoppedAsync(TimeSpan.FromSeconds(8)));

    [Fact]
    public Task Hanging_disk() => ChaosTable.HoldAsync("7", HangingDiskScenario.RunAsync);
}
