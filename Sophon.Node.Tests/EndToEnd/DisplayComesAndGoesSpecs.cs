using System.Diagnostics;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>Reliability, line 18, and the sessions of issue 5: a Node outlives its displays, and comes before them.</summary>
[Trait("kind", "real")]
public sealed class DisplayComesAndGoesSpecs(ITestOutputHelper report)
{
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(5), Recovered = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Node_should_start_before_its_x_server_and_outlive_it()
    {
        await using var server = await XvfbServer.StartAsync();
        await server.KillAsync();
        await using var system = await StartAsync(server.Display);
        await UnavailableAsync(system, "before the X server");
        Assert.Contains("does not answer", await StatusAsync(system), StringComparison.Ordinal);

        await server.RestartAsync();
        await WorksAsync(system, "X server started");
        await Eventually.TrueAsync(async () => (await StatusAsync(system)).Contains($"DISPLAY={server.Display})", StringComparison.Ordinal), "status tells of the display");
        for (var round = 1; round <= 2; round++)
        {
            await server.KillAsync();
            await UnavailableAsync(system, $"X server killed, round {round}");
            await server.RestartAsync();
            await WorksAsync(system, $"X server back, round {round}");
        }

        Assert.Equal("online", await system.Gateway.StateOfAsync(system.Node.NodeId));
    }

    [Fact]
    public async Task Node_should_outlive_sway_and_take_the_x_server_meanwhile()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var sway = await SwayServer.StartAsync();
        await using var system = await StartAsync(server.Display, sway.Variables);
        await WorksAsync(system, "sway");
        Assert.Contains("WAYLAND_DISPLAY=", await StatusAsync(system), StringComparison.Ordinal);

        await sway.KillAsync();
        await Eventually.TrueAsync(async () => (await StatusAsync(system)).Contains($"DISPLAY={server.Display}; WAYLAND_DISPLAY=", StringComparison.Ordinal), "the X server serves", Recovered);
        await WorksAsync(system, "sway killed, X server instead");
        await sway.RestartAsync();
        await Eventually.TrueAsync(async () => (await StatusAsync(system)).Contains("Linux Wayland", StringComparison.Ordinal), "sway serves again", Recovered);
        await WorksAsync(system, "sway back");
    }

    [Fact]
    public async Task Doctor_should_say_which_display_serves_and_why()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var node = new NodeProgram(server.Display, new Dictionary<string, string?> { ["WAYLAND_DISPLAY"] = "/no/such/wayland-0" });
        await using var doctor = node.Run("doctor");
        await doctor.ExitAsync();
        Assert.Contains($"Linux X11 ({server.Display}), native, by DISPLAY={server.Display}; WAYLAND_DISPLAY=/no/such/wayland-0 does not answer", doctor.Output, StringComparison.Ordinal);
    }

    async Task UnavailableAsync(Pair system, string when)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => (await CaptureAsync(system)).Code == "displayUnavailable", $"displayUnavailable: {when}", Noticed);
        report.WriteLine($"{when}: displayUnavailable after {watch.ElapsedMilliseconds} ms (at most {Noticed.TotalSeconds} s)");
    }

    async Task WorksAsync(Pair system, string when)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => (await CaptureAsync(system)).Status == "succeeded", $"captures: {when}", Recovered);
        report.WriteLine($"{when}: captures after {watch.ElapsedMilliseconds} ms (at most {Recovered.TotalSeconds} s)");
    }

    static Task<GatewayProgram.Answer> CaptureAsync(Pair system) => system.Gateway.ExecuteAsync(system.Node.NodeId, "screen.capture", timeoutSeconds: 5);

    static async Task<string> StatusAsync(Pair system)
    {
        await using var status = system.Node.Run("status");
        await status.ExitAsync();
        return status.Output;
    }

    static async Task<Pair> StartAsync(string display, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var system = new Pair(await GatewayProgram.StartNewAsync(), new NodeProgram(display, variables));
        await system.Node.ConfigureAsync();
        await system.Node.PairAsync(system.Gateway);
        await system.Node.StartAsync();
        return system;
    }

    sealed record Pair(GatewayProgram Gateway, NodeProgram Node) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Gateway.DisposeAsync();
        }
    }
}
