using System.Diagnostics;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>Real processes, real kills: a typed error, other devices unaffected, online again by itself.</summary>
[Trait("kind", "real")]
public sealed class FaultSpecs
{
    const string Tools = "sophon.node.platform.x11.backend = tools";

    [Fact]
    public async Task Killed_helper_should_fail_its_command_only()
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools);

        // Long enough for the helper to be caught at work.
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('é', 2_000) }, timeoutSeconds: 60);
        await Eventually.TrueAsync(() => Helper(system, "xdotool") is not null, "xdotool runs");
        await system.SucceedAsync("system.info");
        Helper(system, "xdotool")!.Kill();
        var answer = await typing;
        Assert.Equal(("failed", "internal"), (answer.Status, answer.Code));
        Assert.Contains("xdotool", answer.Message, StringComparison.Ordinal);
        await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public async Task Hanging_helper_should_be_dead_soon_after_the_deadline()
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools);
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('é', 2_000) }, timeoutSeconds: 3);
        await Eventually.TrueAsync(() => Helper(system, "xdotool") is not null, "xdotool runs");
        using var helper = Helper(system, "xdotool")!;
        await TestProcess.RunAsync("kill", ["-STOP", $"{helper.Id}"]);
        await system.SucceedAsync("screen.monitors");
        Assert.Equal("timedOut", (await typing).Status);
        await helper.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10));
        await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public async Task Missing_helper_should_be_named_with_its_install_command()
    {
        // The helpers lie in /usr/bin: a PATH with dotnet alone hides them.
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath!)!;
        using var bin = new TestFolder();
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools, variables: new Dictionary<string, string?> { ["PATH"] = bin.Path + ":" + dotnet });
        var answer = await system.ExecuteAsync("clipboard.read");
        Assert.Equal("toolMissing", answer.Code);
        Assert.Contains("apt install xclip", answer.Message, StringComparison.Ordinal);
        await system.SucceedAsync("system.info");
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("native")]
    public async Task Killed_x_server_should_be_said_and_used_again_when_it_is_back(string backend)
    {
        await using var system = await RunningSystem.StartAsync(nodeConf: $"sophon.node.platform.x11.backend = {backend}");
        await system.SucceedAsync("screen.capture");
        await system.Server.KillAsync();

        var asked = Stopwatch.StartNew();
        foreach (var type in new[] { "screen.capture", "clipboard.read", "window.list" })
        {
            var answer = await system.ExecuteAsync(type);
            Assert.True(answer.Code == "displayUnavailable", $"{type}: {answer}");
        }

        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(15), $"three answers took {asked.Elapsed}");
        await system.SucceedAsync("system.info");
        Assert.Equal("online", await system.Gateway.StateOfAsync(system.Node.NodeId));

        await system.Server.RestartAsync();
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("screen.capture")).Status == "succeeded", "the screen is back", TimeSpan.FromSeconds(10));
    }

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
        await using var system = await RunningSystem.StartAsync(nodeConf: Tools);
        await system.SucceedAsync("clipboard.write", new { text = "a" });
        using var xclip = Helper(system, "xclip")!;
        Assert.NotNull(xclip);
        system.Node.Process.Terminate();
        Assert.Equal(0, await system.Node.Process.ExitAsync(TimeSpan.FromSeconds(30)));
        await xclip.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Thousand_pipelined_commands_should_each_be_answered_once()
    {
        await using var system = await RunningSystem.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => system.ExecuteAsync("system.info")));
        Assert.All(answers, answer => Assert.Equal("succeeded", answer.Status));
        Assert.Equal("online", await system.Gateway.StateOfAsync(system.Node.NodeId));
    }

    /// <summary>A helper of this system's Node, found by its parent.</summary>
    static Process? Helper(RunningSystem system, string name)
    {
        foreach (var process in Process.GetProcessesByName(name))
        {
            if (IsDescendant(process.Id, system.Node.Process.ProcessId)) return process;
            process.Dispose();
        }

        return null;
    }

    static bool IsDescendant(int pid, int ancestor)
    {
        while (pid > 1)
        {
            if (pid == ancestor) return true;
            try
            {
                var stat = File.ReadAllText($"/proc/{pid}/stat");
                pid = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                return false;
            }
        }

        return false;
    }
}
