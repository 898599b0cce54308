using Sophon.Node.Benchmarks;

var report = new Report(json: args.Contains("--json"));
report.Head();
await new NodeBenchmark(report).RunAsync();
await new DashboardBenchmark(report).RunAsync();
