using System.Diagnostics;
using System.Globalization;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Tests.Chaos.Processes;

/// <summary>Line 20: a link that is cut again and again under work, and whether Node and Gateway grow.</summary>
static class SoakScenario
{
    /// <summary>Cuts before the level is taken: until then code is compiled and caches fill.</summary>
    const int WarmUp = 4;

    /// <param name="length">Altogether.</param>
    /// <param name="every">From one cut to the next.</param>
    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(TimeSpan length, TimeSpan every)
    {
        await using var server = await XvfbServer.StartAsync(windowManager: true);
        await using var system = await ChaosSystem.StartAsync("sophon.node.gateway.first-retry-within = 1s", display: server.Display);
        var (whole, cuts, answered, failed) = (Stopwatch.StartNew(), 0, 0, 0);
        var levels = new List<(Level Node, Level Gateway)>();
        while (whole.Elapsed < length)
        {
            var round = Stopwatch.StartNew();
            var before = system.TimesOnline;
            system.Proxy.Cut();
            cuts++;
            await system.OnlineAgainAsync(TimeSpan.FromSeconds(60), before);
            while (round.Elapsed < every)
            {
                foreach (var (type, parameters) in new (string, object)[] { ("system.info", new { }), ("screen.capture", new { maxWidth = 200 }), ("clipboard.write", new { text = "soak" }), ("clipboard.read", new { }), ("window.list", new { }) })
                {
                    if ((await system.ExecuteAsync(type, parameters)).Status == "succeeded") answered++;
                    else failed++;
                }

                await Task.Delay(50);
            }

            levels.Add((Level.Of(system.Node.Process.ProcessId), Level.Of(system.Gateway.Process.ProcessId)));
            if (cuts % 10 == 0) Console.WriteLine($"soak: {whole.Elapsed:hh\\:mm\\:ss}, {cuts} cuts, Node {levels[^1].Node}, Gateway {levels[^1].Gateway}");
        }

        var minutes = whole.Elapsed.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture);
        return
        [
            new("20a", $"soak of {minutes} min, a cut link every {ChaosRow.Seconds(every)}, {answered:N0} commands", $"{cuts} cuts",
                $"failed {failed}; Node {Change(levels, level => level.Node)}", Level.Limit, failed == 0 && IsLevel(levels, level => level.Node)),
            new("20b", "…", $"{cuts} cuts", $"Gateway {Change(levels, level => level.Gateway)}", Level.Limit, IsLevel(levels, level => level.Gateway)),
        ];
    }

    static string Change(List<(Level Node, Level Gateway)> levels, Func<(Level Node, Level Gateway), Level> of) => $"{Early(levels, of)} → {Late(levels, of)}";

    static bool IsLevel(List<(Level Node, Level Gateway)> levels, Func<(Level Node, Level Gateway), Level> of) => Early(levels, of).Holds(Late(levels, of));

    // The middle of three: a collection or a compilation in between says nothing.
    static Level Early(List<(Level Node, Level Gateway)> levels, Func<(Level Node, Level Gateway), Level> of) => Level.Median(levels.Skip(Math.Min(WarmUp, Math.Max(0, levels.Count - 6))).Take(3).Select(of));

    static Level Late(List<(Level Node, Level Gateway)> levels, Func<(Level Node, Level Gateway), Level> of) => Level.Median(levels.TakeLast(3).Select(of));

    sealed record Level(int Handles, int Threads, double MemoryMb)
    {
        const int MoreHandles = 12;
        const int MoreThreads = 8;
        const double MoreMemory = 30;

        public static string Limit => $"handles + {MoreHandles}, threads + {MoreThreads}, memory + {MoreMemory} MB";

        public static Level Of(int process) => new(ProcessTable.Handles(process), ProcessTable.Threads(process), ProcessTable.MemoryMb(process));

        public static Level Median(IEnumerable<Level> levels)
        {
            var all = levels.ToList();
            return new(Middle(all.Select(level => level.Handles)), Middle(all.Select(level => level.Threads)), Middle(all.Select(level => level.MemoryMb)));
        }

        public bool Holds(Level later) => later.Handles <= Handles + MoreHandles && later.Threads <= Threads + MoreThreads && later.MemoryMb <= MemoryMb + MoreMemory;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Handles} handles, {Threads} threads, {MemoryMb:0} MB");

        static T Middle<T>(IEnumerable<T> values) => values.Order().ElementAt(values.Count() / 2);
    }
}
