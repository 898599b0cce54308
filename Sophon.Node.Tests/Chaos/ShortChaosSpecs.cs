using Sophon.Node.Tests.Chaos.Connection;
using Sophon.Node.Tests.Chaos.Hostile;
using Sophon.Node.Tests.Chaos.State;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>The scenarios of <c>./test.sh --chaos</c> that no other test covers, small enough for every run.</summary>
[Trait("kind", "real")]
public sealed class ShortChaosSpecs
{
    /// <summary>Heartbeats stand in for the Gateway's pings, which come every 15 s.</summary>
    const string Impatient = """
        sophon.node.heartbeat.interval = 500ms
        sophon.node.gateway { keep-alive-interval = 500ms, server-timeout = 4s, connect-timeout = 2s, first-retry-within = 1s, retry-cap = 1s }
        """;

    static int Seed => Environment.TickCount & int.MaxValue;

    [Fact]
    public async Task Commands_should_survive_a_gateway_that_is_killed() => ChaosTable.AssertHolds(await GatewayKillScenario.RunAsync("1", commands: 100, kills: 2));

    [Fact]
    public async Task Commands_should_not_run_again_after_the_node_is_killed() => ChaosTable.AssertHolds(await NodeKillScenario.RunAsync(commands: 100));

    [Fact]
    public async Task Half_open_connection_should_be_noticed() => ChaosTable.AssertHolds(await HalfOpenScenario.RunAsync(Impatient));

    [Fact]
    public async Task Black_holes_should_be_recovered_from() => ChaosTable.AssertHolds(await BlackHoleScenario.RunAsync(TimeSpan.FromSeconds(3), Impatient));

    [Fact]
    public async Task Absent_gateway_should_be_waited_for() => ChaosTable.AssertHolds(await AbsentGatewayScenario.RunAsync(Impatient, TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task Fleet_should_be_back_after_a_restart() => ChaosTable.AssertHolds(await StormScenario.RunAsync(nodes: 20, TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task Status_should_not_believe_a_process_that_is_stopped() => ChaosTable.AssertHolds(await AliveButDeadScenario.StoppedAsync(TimeSpan.FromSeconds(3)));

    /// <summary>The watchdog's way out: it can wait for nothing that may hang itself.</summary>
    [Fact]
    public async Task Actors_that_hang_should_end_the_process() => ChaosTable.AssertHolds(await HangingDiskScenario.RunAsync());

    [Fact]
    public async Task Revoked_node_should_not_try_again() => ChaosTable.AssertHolds(await FinalRefusalScenario.AwayAsync(TimeSpan.FromSeconds(2)));

    [Fact]
    public async Task Revocation_should_end_what_runs() => ChaosTable.AssertHolds(await FinalRefusalScenario.AtWorkAsync());

    [Fact]
    public async Task Hostile_gateway_should_get_typed_answers() => ChaosTable.AssertHolds(await HostileGatewayScenario.RunAsync(inputs: 600, every: 20, Seed));

    [Fact]
    public async Task Hostile_node_should_not_disturb_others() => ChaosTable.AssertHolds(await HostileNodeScenario.RunAsync(inputs: 600, every: 20, Seed));

    [Fact]
    public async Task Files_of_a_whole_life_should_be_their_owners_only() => ChaosTable.AssertHolds(await PermissionScenario.RunAsync());

    [Fact]
    public async Task Full_disk_should_leave_the_config_and_the_node()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Mounting a small file system needs root.");
        ChaosTable.AssertHolds(await ConfigScenario.FullDiskAsync());
    }

    [Fact]
    public async Task Damaged_journal_should_run_nothing_again() => ChaosTable.AssertHolds(await JournalDamageScenario.ProcessesAsync(4, Seed));
}
