using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Tests.Chaos.Processes;

/// <summary>Line 18: X server or compositor killed under the Node.</summary>
static class DisplayScenario
{
    static readonly TimeSpan Said = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Back = TimeSpan.FromSeconds(10);

    /// <param name="backend">Of the X11 desktop: tools or native.</param>
    public static async Task<IReadOnlyList<ChaosRow>> OnX11Async(string backend, int times)
    {
        await using var server = await XvfbServer.StartAsync(windowManager: true);
        await using var system = await ChaosSystem.StartAsync($"sophon.node.platform.x11.backend = {backend}", display: server.Display);
        return await RunAsync(system, $"X server killed ({backend})", server.KillAsync, server.RestartAsync, times);
    }

    [SupportedOSPlatform("linux")]
    public static async Task<IReadOnlyList<ChaosRow>> OnWaylandAsync(int times)
    {
        await using var server = await SwayServer.StartAsync();

        // As a session gives them: sway's own socket has another name after its restart.
        var session = new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = server.RuntimeFolder, ["WAYLAND_DISPLAY"] = server.Variables["WAYLAND_DISPLAY"], ["XDG_CURRENT_DESKTOP"] = "sway" };
        await using var system = await ChaosSystem.StartAsync(variables: session);
        return await RunAsync(system, "compositor killed (sway)", server.KillAsync, server.RestartAsync, times);
    }

    static async Task<IReadOnlyList<ChaosRow>> RunAsync(ChaosSystem system, string what, Func<Task> killAsync, Func<Task> restartAsync, int times)
    {
        var (said, back, wrong, offline) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<string>(), 0);
        for (var kill = 0; kill < times; kill++)
        {
            await UntilCapturedAsync(system);
            await killAsync();
            foreach (var type in new[] { "screen.capture", "clipboard.read", "window.list" })
            {
                var asked = Stopwatch.StartNew();
                var answer = await system.ExecuteAsync(type);
                said.Add(asked.Elapsed);
                if (answer.Code != "displayUnavailable") wrong.Add($"{type}: {answer}");
            }

            if ((await system.ExecuteAsync("system.info")).Status != "succeeded" || await system.Gateway.StateOfAsync(system.Node.NodeId) != "online") offline++;
            await restartAsync();
            var restarted = Stopwatch.StartNew();
            await UntilCapturedAsync(system);
            back.Add(restarted.Elapsed);
        }

        return
        [
            ChaosRow.Within("18a", $"{what}: displayUnavailable, {wrong.Count} other answers {string.Join("; ", wrong.Take(2))}", said, Said) with { Holds = said.All(time => time <= Said) && wrong.Count == 0 },
            ChaosRow.Within("18b", $"… Node offline {offline} ×; works again after it is back", back, Back) with { Holds = back.All(time => time <= Back) && offline == 0 },
        ];
    }

    static Task UntilCapturedAsync(ChaosSystem system) =>
        Eventually.TrueAsync(async () => (await system.ExecuteAsync("screen.capture")).Status == "succeeded", "the screen is captured", Back * 3);
}
