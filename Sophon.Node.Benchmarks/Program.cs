using Sophon.Node.Benchmarks;

var report = new Report(json: args.Contains("--json"));
report.Head();
if (args.Contains("start"))
{
    await new StartBenchmark(report, Environment.GetEnvironmentVariable("SOPHON_TEST_NODE") is { Length: > 0 } ? "published" : "Release build").RunAsync();
    return;
}

await new NodeBenchmark(report).RunAsync();
await new DashboardBenchmark(report).RunAsync();
