using Sophon.Node.Benchmarks;

var report = new Report(json: args.Contains("--json"));
report.Head();
switch (args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)))
{
    case null:
        await new NodeBenchmark(report).RunAsync();
        await new PeersBenchmark(report).RunAsync();
        await new DashboardBenchmark(report).RunAsync();
        break;
    case "node":
        await new NodeBenchmark(report).RunAsync();
        break;
    case "peers":
        await new PeersBenchmark(report).RunAsync();
        break;
    case "dashboard":
        await new DashboardBenchmark(report).RunAsync();
        break;
    case "ways":
        await new WaysBenchmark(report).RunAsync();
        break;
    case "start":
        await new StartBenchmark(report, Environment.GetEnvironmentVariable("SOPHON_TEST_NODE") is { Length: > 0 } ? "published" : "Release build").RunAsync();
        break;
    case var other:
        Console.Error.WriteLine($"There is no measure \"{other}\".");
        return 2;
}

return 0;
