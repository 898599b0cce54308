using System.Diagnostics;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Benchmarks;

/// <summary>A real Gateway, a real Node and an X server: start, round trips, throughput, rest.</summary>
sealed class NodeBenchmark(Report report)
{
    const int Starts = 5;
    const int Commands = 1_000;
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public async Task RunAsync()
    {
        await using var server = await XvfbServer.StartAsync(windowManager: true);
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(server.Display);
        await node.PairAsync(gateway);

        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var watch = Stopwatch.StartNew();
            await node.StartAsync();
            starts.Add(watch.Elapsed.TotalMilliseconds);
            if (i == Starts - 1) break;
            node.Process.Terminate();
            await node.Process.ExitAsync();
        }

        report.Add(Report.AtMost(new Row("start to Online", Report.Percentile(starts, 50), "ms", Report.Percentile(starts, 95)), 500));
        await RestAsync(node);
        await RoundTripsAsync(gateway, node);
        await PipelineAsync(gateway, node);
    }

    async Task RestAsync(NodeProgram node)
    {
        // What the start has left to be compiled and collected is not rest.
        await Task.Delay(TimeSpan.FromSeconds(5));
        var pid = node.Process.ProcessId;
        var before = ProcessFacts.CpuSeconds(pid);
        await Task.Delay(Rest);
        var (dirty, resident) = ProcessFacts.Memory(pid);
        report.Add(Report.AtMost(new Row("Node at rest, CPU", (ProcessFacts.CpuSeconds(pid) - before) / Rest.TotalSeconds * 100, "%"), 0.3));
        report.Add(Report.AtMost(new Row("Node at rest, private dirty memory", dirty, "MB"), 45));
        report.Add(new Row("Node at rest, resident memory", resident, "MB"));
    }

    async Task RoundTripsAsync(GatewayProgram gateway, NodeProgram node)
    {
        await TimesAsync(gateway, node, Commands, "system.info", new { });
        var times = await TimesAsync(gateway, node, Commands, "system.info", new { });
        report.Add(new Row("system.info, one in flight", Report.Median(times), "ms", Report.Percentile(times, 95)));
    }

    async Task PipelineAsync(GatewayProgram gateway, NodeProgram node)
    {
        var rates = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            var answers = await Task.WhenAll(Enumerable.Range(0, Commands).Select(_ => gateway.ExecuteAsync(node.NodeId, "system.info")));
            if (answers.Any(answer => answer.Status != "succeeded")) throw new InvalidOperationException($"a command failed: {answers.First(answer => answer.Status != "succeeded")}");
            rates.Add(Commands / watch.Elapsed.TotalSeconds);
        }

        var rate = Report.Median(rates);
        report.Add(new Row($"no-op commands through one Node, {Commands} at once", rate, "/s", Goal: "≥ 3000 /s", Holds: rate >= 3_000));
    }

    /// <summary>Milliseconds of each.</summary>
    public static async Task<List<double>> TimesAsync(GatewayProgram gateway, NodeProgram node, int count, string type, object parameters)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await gateway.ExecuteAsync(node.NodeId, type, parameters);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (answer.Status != "succeeded") throw new InvalidOperationException($"{type}: {answer}");
        }

        return times;
    }
}
