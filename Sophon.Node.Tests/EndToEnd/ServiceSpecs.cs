using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>Both programs as a service manager runs them.</summary>
[Trait("kind", "real")]
public sealed class ServiceSpecs : IDisposable
{
    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_should_be_ready_without_its_gateway_say_how_it_fares_and_when_it_ends(bool isAbstract)
    {
        using var systemd = new NotifySocket(isAbstract ? $"@sophon-test-{Guid.NewGuid():N}" : folder.File("notify"));
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = systemd.Address });
        await node.ConfigureAsync("sophon.node.watchdog.interval = 1s");
        await node.PairAsync(gateway);
        Assert.Empty(systemd.Heard);
        await gateway.KillAsync();

        await using var service = node.Run("start", "--service");
        await systemd.WaitForAsync(heard => heard.Contains("READY=1"), "READY");
        await systemd.WaitForAsync(heard => heard.Any(state => state.StartsWith("STATUS=Offline: ", StringComparison.Ordinal)), "STATUS=Offline");
        await systemd.WaitForAsync(heard => heard.Count(state => state == "WATCHDOG=1") >= 3, "WATCHDOG three times");
        Assert.Single(systemd.Heard, "READY=1");

        await gateway.StartAsync();
        await systemd.WaitForAsync(heard => heard.Any(state => state.StartsWith("STATUS=Online at ", StringComparison.Ordinal)), "STATUS=Online");
        await using (var second = node.Run("start"))
        {
            Assert.Equal((int)ExitCode.AlreadyRunning, await second.ExitAsync());
            Assert.Contains($"as a service (pid {service.ProcessId})", second.Errors, StringComparison.Ordinal);
            Assert.Contains("sophon-node service stop", second.Errors, StringComparison.Ordinal);
        }

        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
        Assert.Equal("STOPPING=1", systemd.Heard[^1]);
        Assert.DoesNotContain('\u001b', service.Output + service.Errors);
        Assert.DoesNotContain("[INF]", service.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_the_node_starts_should_not_inherit_the_socket()
    {
        using var systemd = new NotifySocket(folder.File("notify"));
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = systemd.Address, ["WATCHDOG_USEC"] = "80000000" });
        await node.ConfigureAsync();
        await File.WriteAllTextAsync(Path.Combine(node.Home, "policy.conf"), "system-execute = allow", TestContext.Current.CancellationToken);
        await node.PairAsync(gateway);
        await node.StartAsync("--service");
        var answer = await gateway.ExecuteAsync(node.NodeId, "system.execute", new { command = "/usr/bin/env" });
        Assert.True(answer.Status == "succeeded", answer.ToString());
        Assert.DoesNotContain("NOTIFY_SOCKET", answer.Result!.Value.GetProperty("stdout").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG_USEC", answer.Result!.Value.GetProperty("stdout").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_should_be_ready_when_it_listens_and_say_when_it_ends()
    {
        using var systemd = new NotifySocket(folder.File("notify"));
        await using var gateway = ProgramProcess.Start(
            "sophon-gateway", ["serve", "--urls", "http://127.0.0.1:0", "--data", folder.File("data")],
            new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = systemd.Address });
        await systemd.WaitForAsync(heard => heard.Contains("READY=1"), "READY");
        await gateway.WaitForAsync("Listening on ");
        gateway.Terminate();
        Assert.Equal(0, await gateway.ExitAsync());
        await systemd.WaitForAsync(heard => heard.Contains("STOPPING=1"), "STOPPING");
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task Dry_run_should_print_and_change_nothing(string verb)
    {
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["HOME"] = folder.Path, ["XDG_CONFIG_HOME"] = null });
        await using var run = node.Run("service", verb, "--dry-run");
        Assert.Equal(0, await run.ExitAsync());
        Assert.Contains($"{(verb == "install" ? "write" : "delete")} {folder.Path}/.config/systemd/user/sophon-node.service", run.Output, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    [Fact]
    public async Task Machine_without_a_service_manager_should_be_told_the_cure()
    {
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = null });
        await using var run = node.Run("service", "install");
        Assert.Equal((int)ExitCode.ServiceFailed, await run.ExitAsync());
        Assert.Contains("loginctl enable-linger", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    // A released program unpacks its native library there.
    IEnumerable<string> Written() => Directory.GetFileSystemEntries(folder.Path).Where(path => Path.GetFileName(path) != ".net");
}
