using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sophon.Node.Cli.Pair;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Node.Gateway;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary>The ways that the pairing secret takes into the program, and that none of them leaves it where others see it.</summary>
[Trait("kind", "real")]
public sealed class PairingSecretSpecs : IAsyncLifetime
{
    const string Secret = "s_a1b2c3d4e5f6";

    readonly TestFolder folder = new();
    readonly List<string> secrets = [];
    LoopbackServer server = null!;

    public async ValueTask InitializeAsync() => server = await LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, async (HttpContext context) =>
    {
        var body = await JsonDocument.ParseAsync(context.Request.Body);
        lock (secrets) secrets.Add(body.RootElement.GetProperty("pairingSecret").GetString()!);
        return """{"status":"pending","pairingCode":"ABC-123"}""";
    }));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Secret_on_the_command_line_should_vanish_from_the_process_list()
    {
        await using var pair = ProgramProcess.Start("sophon-node", ["pair", "--gateway", Gateway, "--node-id", "abc123", $"--secret={Secret}"], Variables());
        await pair.WaitForAsync("Waiting for approval");
        var line = await File.ReadAllTextAsync($"/proc/{pair.ProcessId}/cmdline", TestContext.Current.CancellationToken);
        Assert.Contains("--secret=xxxxxxxxxxxxxx\0", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        Assert.Equal(Page, pair.Output);
        Assert.Equal("", pair.Errors);
        Assert.Equal(Secret, secrets[0]);
    }

    [Fact]
    public async Task Secret_over_standard_input_should_be_taken()
    {
        await using var pair = TestProcess.Start("sh", ["-c", $"echo {Secret} | exec dotnet '{ProgramProcess.PathOf("sophon-node")}' pair --gateway {Gateway} --node-id abc123 --secret -"], Variables());
        await pair.WaitForOutputAsync("Waiting for approval");
        Assert.Equal(Page, pair.Output);
        Assert.Equal(Secret, secrets[0]);
    }

    [Fact]
    public async Task Secret_in_the_environment_should_be_taken_when_the_option_is_not_given()
    {
        await using var pair = ProgramProcess.Start("sophon-node", ["pair", "--gateway", Gateway, "--node-id", "abc123"], Variables(PairingSecret.Variable, Secret));
        await pair.WaitForAsync("Waiting for approval");
        Assert.Equal(Secret, secrets[0]);
    }

    /// <summary>script(1) gives it a terminal.</summary>
    [Fact]
    public async Task Secret_typed_at_a_terminal_should_be_asked_for_and_not_shown()
    {
        var start = new ProcessStartInfo("script") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-qfec", $"dotnet '{ProgramProcess.PathOf("sophon-node")}' pair --gateway {Gateway} --node-id abc123 --secret -", folder.File("screen") }) start.ArgumentList.Add(argument);
        foreach (var (name, value) in Variables()) start.Environment[name] = value;
        using var script = Process.Start(start)!;
        try
        {
            await Eventually.TrueAsync(() => Screen().Contains("Pairing secret: ", StringComparison.Ordinal), "the prompt", TimeSpan.FromSeconds(40));
            await script.StandardInput.WriteAsync("s_wrong\b\b\b\b\b" + Secret[2..] + "\r");
            await script.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Screen().Contains("Waiting for approval", StringComparison.Ordinal), "the first poll", TimeSpan.FromSeconds(40));
            Assert.Equal(Secret, secrets[0]);
            Assert.DoesNotContain(Secret[2..], Screen(), StringComparison.Ordinal);
        }
        finally
        {
            script.Kill(entireProcessTree: true);
            await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Missing_secret_should_be_usage_and_name_the_ways()
    {
        await using var pair = ProgramProcess.Start("sophon-node", ["pair", "--gateway", Gateway, "--node-id", "abc123"], Variables());
        Assert.Equal((int)ExitCode.Usage, await pair.ExitAsync());
        Assert.Contains("--secret -", pair.Errors, StringComparison.Ordinal);
        Assert.Contains(PairingSecret.Variable, pair.Errors, StringComparison.Ordinal);
    }

    string Page => $"Pairing with gateway at {Gateway}...\nWaiting for approval (pairing code: ABC-123)...\n";

    string Gateway => server.Address.ToString().TrimEnd('/');

    string Screen() => File.Exists(folder.File("screen")) ? File.ReadAllText(folder.File("screen")) : "";

    Dictionary<string, string?> Variables(string? name = null, string? value = null)
    {
        var variables = new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = folder.File("home"), ["DISPLAY"] = null, ["TERM"] = "xterm" };
        if (name is not null) variables[name] = value;
        return variables;
    }
}
