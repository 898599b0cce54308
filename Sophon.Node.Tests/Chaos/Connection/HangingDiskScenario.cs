using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 7: an actor that is caught in a message. strace holds its write to the disk, as a disk does that has died.</summary>
static class HangingDiskScenario
{
    const int Limit = 5;

    /// <summary>The watchdog's interval, the last words, and the end of a process.</summary>
    static readonly TimeSpan Ended = TimeSpan.FromSeconds(Limit + 10);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync() =>
    [
        await OneAsync("7d", "the disk hangs under the journal", home => [Journal(home)]),
        await OneAsync("7e", "… under journal, log and status file, so that nothing can be told", home => [Journal(home), Path.Combine(home, "state", "status.json.new"), .. Directory.GetFiles(Path.Combine(home, "logs"))]),
    ];

    static string Journal(string home) => Path.Combine(home, "journal", "commands.journal");

    static async Task<ChaosRow> OneAsync(string line, string what, Func<string, IEnumerable<string>> files)
    {
        await using var system = await ChaosSystem.StartAsync($"sophon.node.watchdog {{ interval = 1s, limit = {Limit}s }}");
        var node = system.Node.Process;
        string[] paths = [.. files(system.Node.Home).SelectMany(file => new[] { "-P", file })];
        await using var disk = TestProcess.Start("strace", ["-f", "-qq", "-o", "/dev/null", "-p", $"{node.ProcessId}", .. paths, "-e", "inject=pwrite64,write,openat:delay_enter=120s"]);
        await Eventually.TrueAsync(() => disk.HasExited || ProcessTable.IsTraced(node.ProcessId), "strace has the Node");
        var asked = system.ExecuteAsync("system.info", timeoutSeconds: 120);
        var watch = Stopwatch.StartNew();

        // The thread that strace holds is all that is left of it.
        await Eventually.TrueAsync(() => !ProcessTable.Lives(node.ProcessId), "the Node has ended", Ended * 3);
        var took = watch.Elapsed;
        await disk.KillAsync();
        var code = await node.ExitAsync();
        await system.Node.StartAsync();
        var answer = await asked;
        return ChaosRow.Within(line, $"{what} (watchdog.limit {Limit} s): exit code {code}, the command answered {answer.Status} after the restart", [took], Ended) with
        {
            Holds = took <= Ended && code == 70 && answer.Status is "unknown" or "succeeded",
        };
    }
}
