using System.Diagnostics;
using Sophon.Node.Tests.Chaos;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Chaos.Processes;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>Real processes, real kills: a typed error, other devices unaffected, online again by itself.</summary>
[Trait("kind", "real")]
public sealed class FaultSpecs
{
    [Fact]
    public async Task Killed_helper_should_fail_its_command_only()
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: HelperScenario.Tools);
        var (answer, _) = await HelperScenario.KillOneAsync(system);
        Assert.Equal(("failed", "internal"), (answer.Status, answer.Code));
        Assert.Contains("xdotool", answer.Message, StringComparison.Ordinal);
        await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public async Task Hanging_helper_should_be_dead_soon_after_the_deadline() => ChaosTable.AssertHolds(await HelperScenario.StopsAsync(1));

    [Fact]
    public async Task Missing_helper_should_be_named_with_its_install_command()
    {
        // The helpers lie in /usr/bin: a PATH with dotnet alone hides them.
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath!)!;
        using var bin = new TestFolder();
        await using var system = await RunningSystem.StartAsync(nodeConf: HelperScenario.Tools, variables: new Dictionary<string, string?> { ["PATH"] = bin.Path + ":" + dotnet });
        var answer = await system.ExecuteAsync("clipboard.read");
        Assert.Equal("toolMissing", answer.Code);
        Assert.Contains("apt install xclip", answer.Message, StringComparison.Ordinal);
        await system.SucceedAsync("system.info");
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("native")]
    public async Task Killed_x_server_should_be_said_and_used_again_when_it_is_back(string backend) => ChaosTable.AssertHolds(await DisplayScenario.OnX11Async(backend, 1));

    [Fact]
    public async Task Killed_gateway_should_have_its_node_back_by_itself()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.Gateway.KillAsync();
        await Eventually.TrueAsync(() => system.Node.Process.Output.Contains("lost", StringComparison.OrdinalIgnoreCase) || system.Node.Process.Errors.Contains("lost", StringComparison.OrdinalIgnoreCase), "the Node says so");
        await system.Gateway.StartAsync();
        await system.Gateway.WaitForStateAsync(system.Node.NodeId, "online");
        await system.SucceedAsync("system.info");
        await system.SucceedAsync("screen.capture");
    }

    [Fact]
    public async Task Revoked_node_should_cancel_forget_its_token_and_say_so()
    {
        await using var system = await RunningSystem.StartAsync();
        var asked = Stopwatch.StartNew();
        using var response = await system.Gateway.Http.PostAsync(new Uri($"api/nodes/{system.Node.NodeId}/revoke", UriKind.Relative), null);
        Assert.True(response.IsSuccessStatusCode);
        Assert.NotEqual(0, await system.Node.Process.ExitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Contains("revoked", system.Node.Process.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(system.Node.Home, "config.json")));
    }

    [Fact]
    public async Task Terminated_node_should_end_well_and_leave_no_helper()
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: HelperScenario.Tools);
        await system.SucceedAsync("clipboard.write", new { text = "a" });
        var xclip = await HelperScenario.FindAsync(system, "xclip");
        system.Node.Process.Terminate();
        Assert.Equal(0, await system.Node.Process.ExitAsync(TimeSpan.FromSeconds(30)));
        await Eventually.TrueAsync(() => !ProcessTable.Lives(xclip), "xclip is gone", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Thousand_pipelined_commands_should_each_be_answered_once()
    {
        await using var system = await RunningSystem.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => system.ExecuteAsync("system.info")));
        Assert.All(answers, answer => Assert.Equal("succeeded", answer.Status));
        Assert.Equal("online", await system.Gateway.StateOfAsync(system.Node.NodeId));
    }
}
