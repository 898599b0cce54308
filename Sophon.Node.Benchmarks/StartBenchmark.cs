using System.Diagnostics;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Benchmarks;

/// <summary>From the start of the process to Online, and what it keeps of the memory afterwards, without a desktop.</summary>
/// <param name="build">What is measured, in words.</param>
sealed class StartBenchmark(Report report, string build)
{
    const int Starts = 10;

    /// <summary>By then the start has been compiled and collected.</summary>
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public async Task RunAsync()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null);
        await node.PairAsync(gateway);
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var watch = Stopwatch.StartNew();
            await node.StartAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (i == Starts - 1) break;
            node.Process.Terminate();
            await node.Process.ExitAsync();
        }

        report.Add(new Row($"start to Online, median of {Starts} ({build})", Report.Percentile(times, 50), "ms", 500));
        await Task.Delay(Settling);
        var (dirty, resident) = ProcessFacts.Memory(node.Process.ProcessId);
        report.Add(new Row("Node at rest, private dirty memory", dirty, "MiB", 45));
        report.Add(new Row("Node at rest, resident memory", resident, "MiB"));
    }
}
