using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Node.Gateway;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary>The program as a process, against a Gateway that a test scripts.</summary>
[Trait("kind", "real")]
public sealed class ProgramSpecs : IDisposable
{
    readonly TestFolder folder = new();

    string Home => folder.File("home");

    public void Dispose() => folder.Dispose();

    /// <summary>Reliability, line 14.</summary>
    [Fact]
    public async Task Files_should_never_be_wider_than_their_owner_even_under_umask_000()
    {
        await using var server = await PairingAsync("""{"status":"approved","token":"abc123.a1b2c3d4e5f6"}""");
        await using var watch = new ModeWatch(Home);
        await using (var pair = Start("umask 000", "pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5"))
            await pair.WaitForExitAsync();
        await using (var start = Start("umask 000", "start")) await start.WaitForExitAsync();
        await watch.DisposeAsync();

        foreach (var path in new[] { "", "config.json", "logs", "state", "state/status.json", "state/node.lock" })
            Assert.True(watch.Modes.ContainsKey(path), $"{path} was not seen among {string.Join(", ", watch.Modes.Keys)}");
        Assert.Contains(watch.Modes.Keys, path => path.StartsWith("logs/sophon-node-", StringComparison.Ordinal));
        Assert.Empty(watch.TooWide);
    }

    [Theory]
    [InlineData("""{"status":"rejected","reason":"not ours"}""", 200, ExitCode.PairingRejected, "not ours")]
    [InlineData("""{"status":"expired"}""", 200, ExitCode.PairingExpired, "expired")]
    [InlineData("", 401, ExitCode.PairingUnauthorized, "secret is wrong")]
    [InlineData("<html>", 200, ExitCode.NotAGateway, "no Sophon Gateway")]
    public async Task Pair_should_end_with_one_sentence_and_its_exit_code(string body, int code, object exitCode, string says)
    {
        await using var server = await PairingAsync(body, code);
        await using var pair = Program("pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5");
        Assert.Equal((int)(ExitCode)exitCode, await pair.ExitAsync());
        Assert.Contains(says, pair.Errors, StringComparison.Ordinal);
        Assert.Single(pair.Errors.TrimEnd().Split('\n'));
        Assert.False(File.Exists(Path.Combine(Home, "config.json")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Pair_should_end_cleanly_on_a_signal(string signal)
    {
        await using var server = await PairingAsync("""{"status":"pending","pairingCode":"ABC-123"}""");
        await using var pair = Program("pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5");
        await pair.WaitForAsync("Waiting for approval");
        await TestProcess.RunAsync("kill", [$"-{signal}", $"{pair.ProcessId}"]);
        Assert.Equal((int)ExitCode.Interrupted, await pair.ExitAsync());
        Assert.StartsWith("Pairing stopped.", pair.Errors, StringComparison.Ordinal);
        Assert.Single(pair.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Skewed_clock_should_be_warned_of_once()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, (HttpContext context) =>
        {
            context.Response.Headers.Date = DateTimeOffset.UtcNow.AddHours(-2).ToString("R");
            return """{"status":"pending","pairingCode":"ABC-123"}""";
        }));
        await using var pair = Program("pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5");
        await pair.WaitForAsync("Waiting for approval", times: 2);
        Assert.StartsWith("Warning: this machine's clock is ", pair.Errors, StringComparison.Ordinal);
        Assert.Single(pair.Errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("revoked", ExitCode.Revoked)]
    [InlineData("superseded", ExitCode.Superseded)]
    [InlineData("notApproved", ExitCode.Refused)]
    [InlineData("unauthorized", ExitCode.Refused)]
    public async Task Start_should_end_at_a_final_refusal_and_status_remember_it(string reason, object exitCode)
    {
        var asked = 0;
        await using var server = await RawHub.StartAsync((_, _) => Task.CompletedTask, context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers[WireNames.ReasonHeader] = reason;
            return true;
        });
        WriteConfig(server.Address);
        await using var start = Program("start");
        Assert.Equal((int)(ExitCode)exitCode, await start.ExitAsync());
        Assert.Equal(1, asked);
        var lines = start.Errors.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        var sentence = lines[0];
        Assert.NotEqual("", sentence);
        Assert.Equal("Stopping...", lines[1]);

        await using var status = Program("status");
        Assert.Equal((int)ExitCode.NotRunning, await status.ExitAsync());
        Assert.Contains(sentence, status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_node_should_be_known_as_dead()
    {
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync());
        WriteConfig(server.Address);
        await using (var start = Program("start"))
        {
            await start.WaitForAsync("Connected to Gateway via SignalR.");
            await using (var second = Program("start"))
            {
                Assert.Equal((int)ExitCode.AlreadyRunning, await second.ExitAsync());
                Assert.Contains($"pid {start.ProcessId}", second.Errors, StringComparison.Ordinal);
            }

            await using (var running = Program("status")) Assert.Equal((int)ExitCode.NotOnline, await running.ExitAsync());
            await start.KillAsync();
        }

        await using var status = Program("status", "--json");
        Assert.Equal((int)ExitCode.NotRunning, await status.ExitAsync());
        Assert.Contains("\"running\": false", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_should_keep_standard_error_silent_while_the_gateway_is_away()
    {
        WriteConfig(new Uri("http://127.0.0.1:9"));
        await using var start = Program("start", "--service");
        await start.WaitForAsync("Failed to connect to Gateway: ");
        start.Terminate();
        Assert.Equal(0, await start.ExitAsync());
        Assert.Equal("Stopping...\n", start.Errors);
        Assert.DoesNotContain('\u001b', start.Output);
    }

    static Task<LoopbackServer> PairingAsync(string body, int code = 200) => LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, async context =>
    {
        context.Response.StatusCode = code;
        await context.Response.WriteAsync(body);
    }));

    void WriteConfig(Uri gateway)
    {
        Directory.CreateDirectory(Home);
        File.WriteAllText(Path.Combine(Home, "config.json"), $$"""{"gatewayUrl": "{{gateway}}", "nodeToken": "abc123.a1b2c3d4e5f6"}""");
    }

    ProgramProcess Program(params string[] arguments) =>
        ProgramProcess.Start("sophon-node", arguments, new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = Home, ["DISPLAY"] = null });

    TestProcess Start(string before, params string[] arguments) => TestProcess.Start(
        "sh", ["-c", $"{before}; exec \"$@\"", "sh", "timeout", "-s", "TERM", "12", "dotnet", ProgramProcess.PathOf("sophon-node"), .. arguments],
        new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = Home, ["DISPLAY"] = null });
}
