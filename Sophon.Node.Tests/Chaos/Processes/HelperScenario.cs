using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.EndToEnd;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Tests.Chaos.Processes;

/// <summary>Lines 16 and 17: a helper program killed, and one that hangs.</summary>
static class HelperScenario
{
    public const string Tools = "sophon.node.platform.x11.backend = tools";

    static readonly TimeSpan TypedError = TimeSpan.FromSeconds(2);
    static readonly TimeSpan TreeDead = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<ChaosRow>> KillsAsync(int times)
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools);
        var (took, untyped, others) = (new List<TimeSpan>(), 0, 0);
        for (var kill = 0; kill < times; kill++)
        {
            var (answer, time) = await KillOneAsync(system);
            took.Add(time);
            if ((answer.Status, answer.Code) != ("failed", "internal")) untyped++;
            if ((await system.ExecuteAsync("screen.monitors")).Status != "succeeded") others++;
        }

        await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
        await Eventually.TrueAsync(() => Orphans(system) == 0, "no helper is left");
        return
        [
            ChaosRow.Within("16a", "a helper killed at work: typed error", took, TypedError),
            new("16b", "…", ChaosRow.Times(times), $"untyped {untyped}, other devices affected {others}, orphans and zombies {Orphans(system)}", "0, 0, 0", untyped + others == 0),
        ];
    }

    /// <summary>Kills xdotool while it types.</summary>
    /// <returns>The answer to the typing, and how long it took from the kill on.</returns>
    public static async Task<(GatewayProgram.Answer Answer, TimeSpan Took)> KillOneAsync(RunningSystem system)
    {
        // Long enough for the helper to be caught at work.
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('é', 2_000) }, timeoutSeconds: 60);
        var helper = await FindAsync(system, "xdotool");
        await system.SucceedAsync("system.info");
        HelperKiller.Signal(helper, HelperKiller.SigKill);
        var watch = Stopwatch.StartNew();
        return (await typing, watch.Elapsed);
    }

    public static async Task<IReadOnlyList<ChaosRow>> StopsAsync(int times)
    {
        const int Deadline = 3;
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools);
        var (answers, dead) = (new List<string>(), new List<TimeSpan>());
        for (var stop = 0; stop < times; stop++)
        {
            var watch = Stopwatch.StartNew();
            var (answer, helper) = await StopOneAsync(system, Deadline);
            answers.Add(answer.Status);
            await Eventually.TrueAsync(() => !ProcessTable.Lives(helper), "the helper is dead", TreeDead * 3);
            dead.Add(watch.Elapsed - TimeSpan.FromSeconds(Deadline));
            await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
        }

        return [ChaosRow.Within("17", $"a helper stopped (SIGSTOP), deadline {Deadline} s: answered {string.Join(' ', answers.Distinct())}, its tree dead after the deadline", dead, TreeDead) with { Holds = dead.All(time => time <= TreeDead) && answers.All(answer => answer == "timedOut") }];
    }

    /// <summary>Stops xdotool while it types.</summary>
    public static async Task<(GatewayProgram.Answer Answer, int Helper)> StopOneAsync(RunningSystem system, int timeoutSeconds)
    {
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('é', 2_000) }, timeoutSeconds);
        var helper = await FindAsync(system, "xdotool");
        HelperKiller.Signal(helper, HelperKiller.SigStop);
        await system.SucceedAsync("screen.monitors");
        return (await typing, helper);
    }

    /// <summary>A helper of this system's Node.</summary>
    public static async Task<int> FindAsync(RunningSystem system, string name)
    {
        var found = 0;
        await Eventually.TrueAsync(() => (found = ProcessTable.ChildOf(system.Node.Process.ProcessId, name)) > 0, $"{name} runs");
        return found;
    }

    static int Orphans(RunningSystem system) =>
        ProcessTable.Descendants(system.Node.Process.ProcessId).Count(process => process.Name == "xdotool") + (HelperKiller.Find("xdotool", system.Server.Display) is null ? 0 : 1);
}
