using System.Diagnostics;
using System.Globalization;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Actors.Journal;

/// <summary>What the journal costs a command: four records, from accepted to acknowledged.</summary>
sealed record JournalCost(int Commands, double MedianUs, double P95Us, double LargestMs)
{
    public static JournalCost Measure(IJournalStore journal, int commands)
    {
        var ledger = LedgerRecovery.Recover(journal, new LedgerLimits(10_000, 64 * 1024 * 1024, TimeSpan.FromHours(24), TimeSpan.FromDays(7)), TimeProvider.System).Ledger;
        var warmUp = commands / 10;
        var times = new List<double>(commands);
        for (var i = 0; i < warmUp + commands; i++)
        {
            var id = Guid.NewGuid().ToString("N");
            var started = Stopwatch.GetTimestamp();
            ledger.Accept(id, "input.mouse.click");
            ledger.Start(id);
            ledger.Answer(new CommandResult(id, "", CommandStatus.Succeeded, null, null, DateTimeOffset.UtcNow, 1.5));
            ledger.Acknowledge(id);
            if (i >= warmUp) times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        times.Sort();
        return new(commands, times[commands / 2], times[commands * 95 / 100], times[^1] / 1000);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"median {MedianUs:0.0} µs, p95 {P95Us:0.0} µs, largest {LargestMs:0.0} ms");
}
