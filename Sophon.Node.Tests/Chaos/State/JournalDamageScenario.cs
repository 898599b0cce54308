using System.Text.Json;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Actors.Journal;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.State;

/// <summary>The journal damaged at random places, and the Node started on it: by its own reading code a thousand times, by its process some times.</summary>
static class JournalDamageScenario
{
    static readonly LedgerLimits Limits = new(10_000, 64 * 1024 * 1024, TimeSpan.FromHours(24), TimeSpan.FromDays(7));

    /// <summary>Files on disk, read by what the Node reads them with.</summary>
    public static Task<IReadOnlyList<ChaosRow>> FilesAsync(int damages, int seed)
    {
        using var folder = new TestFolder();
        var file = folder.File("commands.journal");
        var stages = Write(folder.Path);
        var whole = File.ReadAllBytes(file);
        var random = new Random(seed);
        var (kept, unknown, untrue, trusted) = (0, 0, 0, 0);
        for (var round = 0; round < damages; round++)
        {
            var bytes = JournalDamage.To(whole, random);
            File.WriteAllBytes(file, bytes);
            var survivors = JournalFormat.Read(bytes).Records;
            var answered = survivors.OfType<JournalRecord.Answered>().Select(record => record.Result.CommandId).ToHashSet();
            var known = survivors.OfType<JournalRecord.Accepted>().Select(record => record.Id).Concat(answered).ToHashSet();
            var recovery = Recover(folder.Path);
            if (recovery.TellsRepetitionsApart) trusted++;
            foreach (var id in stages.Where(known.Contains))
            {
                var status = recovery.Ledger.ResultOf(id)?.Status;
                if (status != (answered.Contains(id) ? CommandStatus.Succeeded : CommandStatus.Unknown)) untrue++;
                else if (answered.Contains(id)) kept++;
                else unknown++;
            }

            // What the recovery has written is whole: the next start trusts it, and finds the same.
            var next = Recover(folder.Path);
            if (next.DamagedBytes > 0 || next.Interrupted > 0 || known.Any(id => !next.Ledger.Knows(id))) untrue++;
        }

        return Task.FromResult<IReadOnlyList<ChaosRow>>(
        [
            new("J1", $"journal cut, garbled or zeroed, then recovered (seed {seed})", ChaosRow.Times(damages),
                $"recovered {kept:N0}, unknown {unknown:N0}, otherwise {untrue}, vouched for {trusted}", "otherwise 0, vouched for 0", untrue == 0 && trusted == 0 && kept > 0 && unknown > 0),
        ]);
    }

    /// <summary>A real Node with commands in flight is killed, its journal damaged, and started again, while the Gateway still wants the answers.</summary>
    public static async Task<IReadOnlyList<ChaosRow>> ProcessesAsync(int damages, int seed)
    {
        const int Lanes = 4;
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => LaneAsync(damages / Lanes, seed + lane)));
        var (succeeded, unknown, twice) = (lanes.Sum(lane => lane.Succeeded), lanes.Sum(lane => lane.Unknown), lanes.Sum(lane => lane.Twice));
        var untrue = lanes.SelectMany(lane => lane.Untrue).ToList();
        return
        [
            new("J2", $"Node killed at work, its journal damaged, started on it (seed {seed})", ChaosRow.Times(damages / Lanes * Lanes),
                $"{succeeded} succeeded, {unknown} unknown, run twice {twice}, untrue {untrue.Count} {string.Join(' ', untrue.Distinct())}", "run twice 0, untrue 0", twice == 0 && untrue.Count == 0 && unknown > 0 && succeeded > 0),
        ];
    }

    static async Task<(int Succeeded, int Unknown, int Twice, IReadOnlyList<string> Untrue)> LaneAsync(int damages, int seed)
    {
        const int Commands = 8;
        var (succeeded, unknown, twice, untrue) = (0, 0, 0, new List<string>());
        using var folder = new TestFolder();
        var witness = new Witness(folder, TimeSpan.FromSeconds(0.05));
        await using var system = await ChaosSystem.StartAsync("sophon.node.gateway.first-retry-within = 0s", witness.Policy);
        var journal = Path.Combine(system.Node.Home, "journal", "commands.journal");
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        for (var round = 0; round < damages; round++)
        {
            var flood = new CommandFlood(system.Gateway, system.Node.NodeId, witness);
            var before = witness.Runs.Count;
            await flood.SubmitAsync(Commands, limit.Token);
            await Eventually.TrueAsync(() => witness.Runs.Count > before + 2, "the Node works");
            await system.Node.Process.KillAsync();
            await File.WriteAllBytesAsync(journal, JournalDamage.To(await File.ReadAllBytesAsync(journal, limit.Token), random), limit.Token);
            await system.Node.StartAsync();
            var statuses = await flood.StatusesAsync(Commands, limit.Token);
            var runs = witness.Runs.Skip(before).ToList();
            twice += runs.Count - runs.Distinct().Count();
            succeeded += statuses.Count(status => status == "succeeded");
            unknown += statuses.Count(status => status == "unknown");
            untrue.AddRange(statuses.Where((status, number) => status == "succeeded" ? !runs.Contains(number) : status != "unknown"));
        }

        return (succeeded, unknown, twice, untrue);
    }

    /// <summary>What it costs; printed, and no promise.</summary>
    public static Task<IReadOnlyList<ChaosRow>> CostAsync(int commands)
    {
        using var folder = new TestFolder();
        using var journal = new JournalFile(folder.Path, "journal", sync: false);
        var cost = JournalCost.Measure(journal, commands);
        return Task.FromResult<IReadOnlyList<ChaosRow>>([new("J3", "journal: four records a command, while the other scenarios run", ChaosRow.Times(commands), cost.ToString(), "printed", true)]);
    }

    static LedgerRecovery Recover(string folder)
    {
        using var journal = new JournalFile(folder, "journal", sync: false);
        return LedgerRecovery.Recover(journal, Limits, TimeProvider.System);
    }

    /// <summary>Two hundred commands at every stage: waiting, running, answered, acknowledged.</summary>
    static List<string> Write(string folder)
    {
        using var journal = new JournalFile(folder, "journal", sync: false);
        var ledger = LedgerRecovery.Recover(journal, Limits, TimeProvider.System).Ledger;
        var ids = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            var id = $"command-{i}";
            ids.Add(id);
            ledger.Accept(id, "window.list");
            if (i % 4 >= 1) ledger.Start(id);
            if (i % 4 >= 2) ledger.Answer(new CommandResult(id, "", CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new string('x', i * 20)), null, DateTimeOffset.UtcNow, 1));
            if (i % 4 >= 3) ledger.Acknowledge(id);
        }

        return ids;
    }
}
