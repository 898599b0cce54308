using System.Diagnostics;
using Sophon.Node.Tests.Chaos.Harness;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 5: nobody listens when the Node starts.</summary>
static class AbsentGatewayScenario
{
    /// <summary>The longest wait between two attempts (<c>gateway.retry-cap</c>).</summary>
    static readonly TimeSpan BackoffCap = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(string? nodeConf, params TimeSpan[] absences)
    {
        var took = await Task.WhenAll(absences.Select(absence => OneAsync(nodeConf, absence)));
        return [ChaosRow.Within("5", $"the Gateway comes {string.Join(", ", absences.Select(ChaosRow.Seconds))} after the Node's start: connected", took, BackoffCap)];
    }

    static async Task<TimeSpan> OneAsync(string? nodeConf, TimeSpan absence)
    {
        await using var system = await ChaosSystem.StartAsync(nodeConf, start: false);
        await system.Gateway.KillAsync();
        system.Node.Launch();
        await system.NodeSaysAsync("Failed to connect to Gateway", BackoffCap);
        await Task.Delay(absence);
        await system.Gateway.StartAsync();
        var watch = Stopwatch.StartNew();
        await system.Node.Process.WaitForAsync("Heartbeat sent. Status: Online.", BackoffCap * 3);
        return watch.Elapsed;
    }
}
