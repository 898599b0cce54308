using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 1: the Gateway killed, and started again, under commands in flight.</summary>
static class GatewayKillScenario
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(string line, int commands, int kills)
    {
        using var folder = new TestFolder();

        // The Node works through them while the Gateway dies and comes back: some five seconds each time.
        var witness = new Witness(folder, TimeSpan.FromSeconds(kills * 4.0 / commands));
        await using var system = await ChaosSystem.StartAsync(policyConf: witness.Policy);

        // A Node that has never run has no journal to vouch for, and for two minutes gets nothing again that was lost on the way.
        system.Node.Process.Terminate();
        await system.Node.Process.ExitAsync();
        await system.Node.StartAsync();
        using var limit = new CancellationTokenSource(Patience);
        var flood = new CommandFlood(system.Gateway, system.Node.NodeId, witness);
        await flood.SubmitAsync(commands, limit.Token);

        // While the Gateway dies and comes back everything is asked for again, and a tenth more.
        var more = commands / 10;
        var asking = flood.SubmitAsync(commands + more, limit.Token);
        var atKills = new List<int>();
        for (var kill = 0; kill < kills; kill++)
        {
            atKills.Add(witness.Runs.Count);
            await system.Gateway.KillAsync();
            await system.Gateway.StartAsync();
            await system.Gateway.WaitForStateAsync(system.Node.NodeId, "online");
        }

        await asking;
        commands += more;
        var statuses = await flood.StatusesAsync(commands, limit.Token);
        var runs = witness.Runs.GroupBy(number => number).ToDictionary(group => group.Key, group => group.Count());
        var answered = statuses.Count(status => status != "lost");
        var lost = Enumerable.Range(0, commands).Count(number => statuses[number] == "lost" || (statuses[number] == "succeeded" && !runs.ContainsKey(number)));
        var twice = runs.Count(run => run.Value > 1);
        var succeeded = statuses.Count(status => status == "succeeded");
        return
        [
            new(line, $"Gateway killed with {commands - more:N0} commands in flight, {more} more asked for meanwhile, all of them twice", ChaosRow.Times(kills),
                $"run at the kills {string.Join(' ', atKills)}; answered {answered:N0} ({succeeded:N0} succeeded), run twice {twice}, lost {lost}",
                $"answered {commands:N0}, run twice 0, lost 0", answered == commands && twice == 0 && lost == 0 && succeeded == commands),
        ];
    }
}
