using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Cli.Pair;
using Sophon.Node.Files;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

public sealed class CommandLineSpecs : IDisposable
{
    readonly CliFixture cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("pair", "--gateway", "--node-id", "--secret", "--force", "--ca-file", "--pin-sha256", "--allow-insecure-http", "--token-store")]
    [InlineData("start", "--service", "--verbose")]
    [InlineData("status", "--json")]
    [InlineData("unpair", "--yes")]
    [InlineData("version", "--json")]
    [InlineData("doctor", "--json", "--gateway", "--fix", "--yes", "--dry-run")]
    public async Task Help_of_a_verb_should_show_its_options_and_examples(string verb, params string[] options)
    {
        Assert.Equal(0, await cli.RunAsync(null, verb, "--help"));
        var help = cli.Output.ToString();
        Assert.Contains($"Examples:\n  # ", help, StringComparison.Ordinal);
        Assert.Contains($"\n  sophon-node {verb}", help, StringComparison.Ordinal);
        foreach (var option in options) Assert.Contains(option, help, StringComparison.Ordinal);
        Assert.Equal("", cli.Errors.ToString());
    }

    [Fact]
    public async Task Help_should_list_the_verbs()
    {
        Assert.Equal(0, await cli.RunAsync(null, "--help"));
        foreach (var verb in new[] { "pair", "start", "status", "unpair", "version", "doctor" })
            Assert.Contains($"\n  {verb} ", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pair")]
    [InlineData("pair --gateway --node-id abc123 --secret s_1")]
    [InlineData("doctor --yes")]
    [InlineData("doctor --fix --json")]
    [InlineData("start --sevice")]
    [InlineData("strat")]
    [InlineData("")]
    public async Task Wrong_command_line_should_be_usage_and_point_to_help(string line)
    {
        Assert.Equal((int)ExitCode.Usage, await cli.RunAsync(null, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("--help'.", cli.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", cli.Output.ToString());
    }

    [Theory]
    [InlineData("https://gw.example.com/#/devices", "abc123", "s_1")]
    [InlineData("https://gw.example.com", " ", "s_1")]
    [InlineData("https://gw.example.com", "abc123", "")]
    public async Task Useless_values_of_pair_should_be_usage(string gateway, string nodeId, string secret)
    {
        Assert.Equal((int)ExitCode.Usage, await cli.RunAsync(null, "pair", "--gateway", gateway, "--node-id", nodeId, "--secret", secret));
        Assert.Equal("", cli.Output.ToString());
    }

    [Fact]
    public async Task Plain_http_to_another_machine_should_be_refused_at_pair_and_at_start()
    {
        Assert.Equal((int)ExitCode.Usage, await cli.RunAsync(null, "pair", "--gateway", "http://gw.example.com", "--node-id", "abc123", "--secret", "s_12345678"));
        Assert.Contains("--allow-insecure-http", cli.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", cli.Output.ToString());

        cli.Pair(CliFixture.Identity with { GatewayUrl = new Uri("http://gw.example.com") });
        cli.Errors.GetStringBuilder().Clear();
        Assert.Equal((int)ExitCode.Settings, await cli.RunAsync(null, "start"));
        Assert.Contains("http://gw.example.com is plain http to another machine", cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ca-file", "/no/such/ca.pem", "there is no file")]
    [InlineData("--pin-sha256", "AB:CD", "openssl x509")]
    [InlineData("--token-store", "cloud", "cloud")]
    public async Task Wrong_connection_option_should_be_usage_with_its_reason(string option, string value, string says)
    {
        Assert.Equal((int)ExitCode.Usage, await cli.RunAsync(null, "pair", "--gateway", "https://gw.example.com", "--node-id", "abc123", "--secret", "s_12345678", option, value));
        Assert.Contains(says, cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("start")]
    public async Task Unpaired_machine_should_be_told_how_to_pair(string verb)
    {
        Assert.Equal((int)ExitCode.NotPaired, await cli.RunAsync(null, verb));
        Assert.Contains("Add Node", cli.Output.ToString() + cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("n")]
    [InlineData("")]
    public async Task Paired_machine_should_not_be_paired_again_without_a_yes(string? answer)
    {
        cli.Pair();
        var before = await File.ReadAllTextAsync(cli.Home.Config);
        Assert.Equal((int)ExitCode.AlreadyPaired, await cli.RunAsync(answer, "pair", "--gateway", "https://other.example.com", "--node-id", "x", "--secret", "s_12345678"));
        Assert.Equal(before, await File.ReadAllTextAsync(cli.Home.Config));
        Assert.Contains("Node abc123 at https://gw.example.com", cli.Output.ToString() + cli.Errors, StringComparison.Ordinal);
        if (answer is null) Assert.Contains("--force", cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pair", "--gateway", "https://gw.example.com", "--node-id", "x", "--secret", "s_12345678", "--force")]
    [InlineData("start")]
    [InlineData("status")]
    public async Task Broken_config_should_stop_with_its_place_and_stay_as_it_is(params string[] arguments)
    {
        Directory.CreateDirectory(cli.Home.Folder);
        await File.WriteAllTextAsync(cli.Home.Config, "{ \"gatewayUrl\": ");
        Assert.Equal((int)ExitCode.Settings, await cli.RunAsync(null, arguments));
        Assert.Contains("config.json, line 1, column ", cli.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("{ \"gatewayUrl\": ", await File.ReadAllTextAsync(cli.Home.Config));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("status")]
    public async Task Broken_node_conf_should_stop_with_its_place(string verb)
    {
        cli.Pair();
        await File.WriteAllTextAsync(cli.Home.NodeConf, "\nsophon.node.heartbeat.intervall = 3s");
        Assert.Equal((int)ExitCode.Settings, await cli.RunAsync(null, verb));
        Assert.Contains("node.conf, line 2: unknown setting sophon.node.heartbeat.intervall", cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_start_should_name_the_first_ones_process()
    {
        cli.Pair();
        using var held = NodeLock.TryTake(cli.Home);
        using (new Sophon.Node.Reporting.StatusRecorder(cli.Home.Status, CliFixture.Identity, TimeProvider.System, Serilog.Core.Logger.None)) { }
        Assert.Equal((int)ExitCode.AlreadyRunning, await cli.RunAsync(null, "start"));
        Assert.Contains($"pid {Environment.ProcessId}", cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, ExitCode.Usage, true)]
    [InlineData("n", ExitCode.Problem, true)]
    [InlineData("y", ExitCode.Success, false)]
    public async Task Unpair_should_ask_and_delete_on_a_yes_only(string? answer, object code, bool stays)
    {
        cli.Pair();
        Assert.Equal((int)(ExitCode)code, await cli.RunAsync(answer, "unpair"));
        Assert.Equal(stays, File.Exists(cli.Home.Config));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ broken")]
    public async Task Unpair_with_yes_should_delete_without_a_question_and_remind_to_revoke(string content)
    {
        cli.Pair();
        if (content.Length > 0) await File.WriteAllTextAsync(cli.Home.Config, content);
        Assert.Equal((int)ExitCode.Success, await cli.RunAsync(null, "unpair", "--yes"));
        Assert.False(File.Exists(cli.Home.Config));
        Assert.Contains("Revoke the Node in the Dashboard", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Success, await cli.RunAsync(null, "unpair", "--yes"));
    }

    [Fact]
    public async Task Status_should_have_json_for_scripts()
    {
        cli.Pair();
        Assert.Equal((int)ExitCode.NotRunning, await cli.RunAsync(null, "status", "--json"));
        var json = JsonDocument.Parse(cli.Output.ToString()).RootElement;
        Assert.True(json.GetProperty("paired").GetBoolean());
        Assert.Equal("https://gw.example.com", json.GetProperty("gatewayUrl").GetString());
        Assert.DoesNotContain("a1b2c3d4e5f6", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "--json")]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task Version_should_be_told(params string[] arguments)
    {
        Assert.Equal(0, await cli.RunAsync(null, arguments));
        Assert.Contains("1.0.0", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_end_of_pairing_should_have_an_exit_code_of_its_own()
    {
        var codes = Enum.GetValues<PairingFailure>().Select(PairingRun.CodeOf).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.DoesNotContain(ExitCode.Success, codes);
        Assert.DoesNotContain(ExitCode.Fault, codes);
    }
}
