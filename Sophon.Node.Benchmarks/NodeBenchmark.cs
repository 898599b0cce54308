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

        report.Add(new Row($"start to Online, median of {Starts} (Release build)", Report.Percentile(starts, 50), "ms", 2_000));
        await RestAsync(node);
        await RoundTripsAsync(gateway, node);
        await PipelineAsync(gateway, node);
        foreach (var (type, parameters) in new (string, object)[]
        {
            ("input.mouse.click", new { x = 100, y = 100 }), ("screen.capture", new { }), ("clipboard.read", new { }), ("window.list", new { }),
        })
        {
            var times = await TimesAsync(gateway, node, 30, type, parameters);
            report.Add(new Row($"{type}, REST to result, p50 of 30", Report.Percentile(times, 50), "ms"));
        }
    }

    async Task RestAsync(NodeProgram node)
    {
        // What the start has left to be compiled and collected is not rest.
        await Task.Delay(TimeSpan.FromSeconds(5));
        var pid = node.Process.ProcessId;
        var before = ProcessFacts.CpuSeconds(pid);
        await Task.Delay(Rest);
        var (dirty, resident) = ProcessFacts.Memory(pid);
        report.Add(new Row($"Node at rest, CPU over {Rest.TotalSeconds:0} s", (ProcessFacts.CpuSeconds(pid) - before) / Rest.TotalSeconds * 100, "% core", 1));
        report.Add(new Row("Node at rest, private dirty memory", dirty, "MiB", 45));
        report.Add(new Row("Node at rest, resident memory", resident, "MiB"));
    }

    async Task RoundTripsAsync(GatewayProgram gateway, NodeProgram node)
    {
        await TimesAsync(gateway, node, Commands, "system.info", new { });
        var times = await TimesAsync(gateway, node, Commands, "system.info", new { });
        report.Add(new Row($"system.info, one in flight, p50 of {Commands}", Report.Percentile(times, 50), "ms", 3));
        report.Add(new Row($"system.info, one in flight, p95 of {Commands}", Report.Percentile(times, 95), "ms"));
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

        report.Add(new Row($"system.info, {Commands} pipelined, median of 5", Report.Percentile(rates, 50), "/s"));
    }

    static async Task<List<double>> TimesAsync(GatewayProgram gateway, NodeProgram node, int count, string type, object parameters)
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
