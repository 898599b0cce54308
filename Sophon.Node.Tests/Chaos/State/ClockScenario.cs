using System.Diagnostics;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.State;

/// <summary>Line 15: the Node's clock is wrong by a day, and is stepped while it runs. libfaketime changes the wall clock of one process, from a file, and leaves the monotonic one.</summary>
static class ClockScenario
{
    const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    public static bool IsPossible => File.Exists(Library);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync()
    {
        using var folder = new TestFolder();
        var clock = folder.File("clock");
        await File.WriteAllTextAsync(clock, "+0");
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = Library, ["FAKETIME_TIMESTAMP_FILE"] = clock, ["FAKETIME_NO_CACHE"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

            // Else it takes .NET's waits, which are monotonic, for waits of the clock that it fakes.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        });
        await node.ConfigureAsync("sophon.node.heartbeat { interval = 1s, silence-limit = 5s }\nsophon.node.watchdog.interval = 1s");
        await node.PairAsync(gateway);
        await node.StartAsync();
        var (beats, lost, stale, steps) = (0, 0, 0, new[] { "+24h", "-24h", "+0", "+2h", "-24h", "+0" });
        foreach (var step in steps)
        {
            await File.WriteAllTextAsync(clock, step);
            beats += await BeatsAsync(gateway, node.NodeId, TimeSpan.FromSeconds(3));
            await using var status = node.Run("status");
            if (await status.ExitAsync() != 0) stale++;
        }

        lost = node.Process.Output.Split("Connection to Gateway lost").Length - 1;
        node.Process.Terminate();
        var code = await node.Process.ExitAsync();

        // A Node that starts a day off says so, and is online.
        var said = 0;
        foreach (var step in new[] { "+24h", "-24h" })
        {
            await File.WriteAllTextAsync(clock, step);
            await node.StartAsync();
            await Eventually.TrueAsync(() => node.Process.Errors.Contains("clock is ", StringComparison.Ordinal), $"the skew is named; it said:\n{node.Process.Errors}");
            said++;
            node.Process.Terminate();
            await node.Process.ExitAsync();
        }

        return
        [
            new("15a", "clock stepped by ± 24 h and ± 2 h while running, a heartbeat a second", ChaosRow.Times(steps.Length),
                $"{beats} heartbeats in {steps.Length * 3} s, connections lost {lost}, status wrong {stale}, exit code {code}", "none missing, lost 0, wrong 0",
                beats >= steps.Length * 2 && lost == 0 && stale == 0 && code == 0),
            new("15b", "started with its clock 24 h ahead, and 24 h behind", ChaosRow.Times(2), $"online, and named in words {said} ×", "online, named 2 ×", said == 2),
        ];
    }

    /// <summary>Heartbeats that the Gateway has taken within a while.</summary>
    static async Task<int> BeatsAsync(GatewayProgram gateway, string nodeId, TimeSpan within)
    {
        var (seen, watch) = (new HashSet<string>(), Stopwatch.StartNew());
        await Eventually.TrueAsync(
            async () =>
            {
                seen.Add(await gateway.LastHeartbeatOfAsync(nodeId));
                await Task.Delay(100);
                return watch.Elapsed > within;
            },
            "the while is over", within * 10);
        return seen.Count - 1;
    }
}
