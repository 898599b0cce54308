using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.EndToEnd;

namespace Sophon.Node.Tests.Chaos.Processes;

/// <summary>Line 19: SIGTERM at work.</summary>
static class TerminationScenario
{
    static readonly TimeSpan Ended = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync()
    {
        var drained = await SleepingAsync("4");
        var aborted = await SleepingAsync("110");
        var typing = await TypingAsync();
        return
        [
            new("19a", "SIGTERM while a command of 4 s runs and another waits", "1 ×", $"{drained.Running}, {drained.Waiting}; exit code {drained.Code} after {ChaosRow.Seconds(drained.Took)}",
                "succeeded, cancelled; 0, ≤ 30 s", drained is { Running: "succeeded", Waiting: "cancelled", Code: 0 } && drained.Took <= Ended),
            new("19b", "… of 110 s", "1 ×", $"{aborted.Running}, {aborted.Waiting}; exit code {aborted.Code} after {ChaosRow.Seconds(aborted.Took)}",
                "cancelled, cancelled; 0, ≤ 30 s", aborted is { Running: "cancelled", Waiting: "cancelled", Code: 0 } && aborted.Took <= Ended),
            new("19c", "SIGTERM while keys are held (drain-timeout 1 s)", "1 ×", $"keys down {typing.Down}, exit code {typing.Code} after {ChaosRow.Seconds(typing.Took)}", "0; 0, ≤ 30 s", typing is { Down: 0, Code: 0 } && typing.Took <= Ended),
        ];
    }

    static async Task<(string Running, string Waiting, int Code, TimeSpan Took)> SleepingAsync(string seconds)
    {
        await using var system = await ChaosSystem.StartAsync(policyConf: """programs.sleep { path = "*/sleep", args = ["*"] }""");
        var running = system.ExecuteAsync("system.execute", new { command = "sleep", args = new[] { seconds } }, timeoutSeconds: 120);
        var child = 0;
        await Support.Eventually.TrueAsync(() => (child = ProcessTable.ChildOf(system.Node.Process.ProcessId, "sleep")) > 0, "sleep runs");
        var waiting = system.ExecuteAsync("system.execute", new { command = "sleep", args = new[] { "1" } }, timeoutSeconds: 120);
        await Support.Eventually.TrueAsync(() => File.ReadAllText(Path.Combine(system.Node.Home, "journal", "commands.journal")).Split("\"is\":\"accepted\"").Length == 3, "another one waits");
        var watch = Stopwatch.StartNew();
        system.Node.Process.Terminate();
        var code = await system.Node.Process.ExitAsync(Ended * 2);
        var took = watch.Elapsed;
        if (ProcessTable.Lives(child)) code = -1;
        return ((await running).Status, (await waiting).Status, code, took);
    }

    static async Task<(int Down, int Code, TimeSpan Took)> TypingAsync()
    {
        await using var system = await RunningSystem.StartAsync(windowManager: false, nodeConf: HelperScenario.Tools + "\nsophon.node.commands.drain-timeout = 1s");
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('Q', 9_000) }, timeoutSeconds: 120);
        await HelperScenario.FindAsync(system, "xdotool");
        var watch = Stopwatch.StartNew();
        system.Node.Process.Terminate();
        var code = await system.Node.Process.ExitAsync(Ended * 2);
        var took = watch.Elapsed;
        await typing;
        var state = await system.Server.RunAsync("xinput", "query-state", "Virtual core XTEST keyboard");
        return (state.Split("=down").Length - 1, code, took);
    }
}
