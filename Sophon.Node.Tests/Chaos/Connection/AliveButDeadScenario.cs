using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 7: everything looks alive, and nothing is acknowledged; a process that does not move any more.</summary>
static class AliveButDeadScenario
{
    /// <summary>How often silence is looked at, and a heartbeat's way.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromSeconds(25);

    /// <param name="silence">The Node's limit, 90 s in the field.</param>
    public static async Task<IReadOnlyList<ChaosRow>> UnacknowledgedAsync(TimeSpan silence)
    {
        var conf = $"sophon.node.heartbeat.silence-limit = {silence.TotalSeconds:0}s";
        await using var system = await ChaosSystem.StartAsync(conf);
        var before = system.Proxy.Accepted;
        system.Proxy.Weather.Hole = Step.Acknowledgement;
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => system.Proxy.Accepted > before, "a new connection", silence + Slack * 2);
        var renewed = watch.Elapsed;
        var code = await system.Node.Process.ExitAsync(silence * 2 + Slack * 2);
        var ended = watch.Elapsed - renewed;
        await using var status = system.Node.Run("status");
        var statusCode = await status.ExitAsync();
        return
        [
            ChaosRow.Within("7a", $"pings pass, no acknowledgement (limit {ChaosRow.Seconds(silence)}): a new connection", [renewed], silence + Slack),
            ChaosRow.Within("7b", $"… nor on the new one: exit code {code}, status {statusCode}", [ended], silence + Slack) with { Holds = ended <= silence + Slack && code == 70 && statusCode != 0 },
        ];
    }

    /// <summary>The process is there, and none of its threads moves.</summary>
    public static async Task<IReadOnlyList<ChaosRow>> StoppedAsync(TimeSpan silence)
    {
        await using var system = await ChaosSystem.StartAsync($"sophon.node.heartbeat {{ interval = 1s, silence-limit = {silence.TotalSeconds:0}s }}\nsophon.node.watchdog.interval = 1s");
        Assert(await StatusAsync(system) == 0, "status of a living Node");
        await TestProcess.RunAsync("kill", ["-STOP", $"{system.Node.Process.ProcessId}"]);
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => await StatusAsync(system) != 0, "status tells", silence + Slack);
        var told = watch.Elapsed;
        await TestProcess.RunAsync("kill", ["-CONT", $"{system.Node.Process.ProcessId}"]);
        await Eventually.TrueAsync(async () => await StatusAsync(system) == 0, "status after it goes on", Slack * 2);
        return [ChaosRow.Within("7c", $"Node stopped (SIGSTOP; limit {ChaosRow.Seconds(silence)}): status exits non-zero, and 0 again after SIGCONT", [told], silence + TimeSpan.FromSeconds(10))];
    }

    static void Assert(bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException($"not so: {what}");
    }

    static async Task<int> StatusAsync(ChaosSystem system)
    {
        await using var status = system.Node.Run("status");
        return await status.ExitAsync();
    }
}
