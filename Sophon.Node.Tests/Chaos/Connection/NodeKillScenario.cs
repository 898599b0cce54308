using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 2: the Node killed with accepted commands.</summary>
static class NodeKillScenario
{
    static readonly TimeSpan NewSession = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(int commands)
    {
        using var folder = new TestFolder();
        var witness = new Witness(folder, TimeSpan.FromSeconds(0.02));
        await using var system = await ChaosSystem.StartAsync(policyConf: witness.Policy);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var flood = new CommandFlood(system.Gateway, system.Node.NodeId, witness);
        var journal = Path.Combine(system.Node.Home, "journal", "commands.journal");
        await flood.SubmitAsync(commands, limit.Token);
        await Eventually.TrueAsync(() => File.ReadAllText(journal).Split("\"is\":\"accepted\"").Length > commands, "all are accepted");
        var before = witness.Runs.Count;
        await system.Node.Process.KillAsync();
        var watch = Stopwatch.StartNew();
        await system.Node.StartAsync();
        var online = watch.Elapsed;
        var statuses = await flood.StatusesAsync(commands, limit.Token);
        var runs = witness.Runs;
        var twice = runs.Count - runs.Distinct().Count();
        var untrue = Enumerable.Range(0, commands).Count(number => statuses[number] switch
        {
            "succeeded" => !runs.Contains(number),
            "unknown" => false,
            _ => true,
        });
        return
        [
            new("2a", $"Node killed with {commands:N0} accepted commands, {before} of them begun", "1 ×",
                $"{statuses.Count(status => status == "succeeded"):N0} succeeded, {statuses.Count(status => status == "unknown"):N0} unknown, run after the kill {runs.Count - before}, twice {twice}, untrue {untrue}",
                "run twice 0, untrue 0, each answered", twice == 0 && untrue == 0 && runs.Count <= before + 1),
            ChaosRow.Within("2b", "the new session, from the start of its process", [online], NewSession),
        ];
    }
}
