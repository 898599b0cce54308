using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Lines 8 and 9: revoked while it is away, revoked while it works.</summary>
static class FinalRefusalScenario
{
    static readonly TimeSpan SocketClosed = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Cancelled = TimeSpan.FromSeconds(10);

    /// <param name="watched">How long further attempts are looked for.</param>
    public static async Task<IReadOnlyList<ChaosRow>> AwayAsync(TimeSpan watched)
    {
        await using var system = await ChaosSystem.StartAsync(start: false);
        await RevokeAsync(system);
        var before = system.Proxy.Accepted;
        system.Node.Launch();
        var code = await system.Node.Process.ExitAsync();
        var attempts = system.Proxy.Accepted - before;
        await Task.Delay(watched);
        var further = system.Proxy.Accepted - before - attempts;
        await using var status = system.Node.Run("status");
        var statusCode = await status.ExitAsync();
        var told = system.Node.Process.Errors.Contains("revoked", StringComparison.Ordinal) && status.Output.Contains("Pair again", StringComparison.Ordinal);
        return
        [
            new("8", $"revoked while away; watched for {ChaosRow.Seconds(watched)} after its first attempt", "1 ×",
                $"further attempts {further}, exit code {code}, status {(told ? "says what to do" : "is silent")}", "0, not 0, says what to do",
                further == 0 && attempts > 0 && code != 0 && statusCode != 0 && told),
        ];
    }

    public static async Task<IReadOnlyList<ChaosRow>> AtWorkAsync()
    {
        await using var system = await ChaosSystem.StartAsync(policyConf: """programs.sleep { path = "*/sleep", args = ["*"] }""");
        var running = system.ExecuteAsync("system.execute", new { command = "sleep", args = new[] { "120.5" } }, timeoutSeconds: 120);
        var child = 0;
        await Support.Eventually.TrueAsync(() => (child = ProcessTable.ChildOf(system.Node.Process.ProcessId, "sleep")) > 0, "sleep runs");
        var watch = Stopwatch.StartNew();
        await RevokeAsync(system);
        await Support.Eventually.TrueAsync(() => system.Proxy.Open == 0, "the socket is closed", SocketClosed * 4);
        var closed = watch.Elapsed;
        await Support.Eventually.TrueAsync(() => !ProcessTable.Lives(child), "sleep is dead", Cancelled * 3);
        var dead = watch.Elapsed;
        var answer = await running;
        return
        [
            ChaosRow.Within("9a", "token revoked: the socket is closed", [closed], SocketClosed),
            ChaosRow.Within("9b", $"… and what ran is dead (answered {answer.Status})", [dead], Cancelled) with { Holds = dead <= Cancelled && answer.Status == "cancelled" },
        ];
    }

    static async Task RevokeAsync(ChaosSystem system)
    {
        using var response = await system.Gateway.Http.PostAsync(new Uri($"api/nodes/{system.Node.NodeId}/revoke", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }
}
