using System.Text.RegularExpressions;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>The install page, step by step, with the programs as built. What they print is the contract.</summary>
[Trait("kind", "real")]
public sealed partial class InstallPageSpecs
{
    [Fact]
    public async Task Pair_and_start_should_print_the_pages_lines_character_by_character()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null);
        var registration = await gateway.RegisterAsync();
        var url = gateway.Url.ToString().TrimEnd('/');

        await using (var pair = node.Run("pair", "--gateway", url, "--node-id", registration.NodeId, "--secret", registration.PairingSecret))
        {
            await pair.WaitForAsync("Waiting for approval", times: 2);
            Assert.Equal("pending", await gateway.StateOfAsync(registration.NodeId));
            await gateway.ApproveAsync(registration.NodeId);
            Assert.Equal(0, await pair.ExitAsync());
            Assert.Equal(
                $"""
                Pairing with gateway at {url}...
                Waiting for approval (pairing code: {registration.PairingCode})...
                Waiting for approval (pairing code: {registration.PairingCode})...
                Node paired successfully! Token saved to {node.Home}/config.json

                """,
                WithoutFurtherPolls(pair.Output));
            Assert.Equal("", pair.Errors);
        }

        Assert.Matches(
            $$"""^\{\s*"gatewayUrl": "{{Regex.Escape(url)}}",\s*"nodeToken": "{{registration.NodeId}}\.[A-Za-z0-9_-]{43,}"\s*\}\s*$""",
            await File.ReadAllTextAsync(Path.Combine(node.Home, "config.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(node.Home, "config.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(node.Home));

        await node.StartAsync();
        await node.Process.WaitForAsync("Press Ctrl+C to stop.");
        Assert.Equal(
            $"""
            Sophon Node v1.0.0
            Node ID:  {registration.NodeId}
            Gateway:  {url}
            Connected to Gateway via SignalR.
            Heartbeat sent. Status: Online.
            Press Ctrl+C to stop.

            """,
            node.Process.Output);
        Assert.Equal("online", await gateway.StateOfAsync(registration.NodeId));
    }

    [Fact]
    public async Task Home_folder_should_be_printed_as_the_page_prints_it()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        using var home = new Support.TestFolder();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["HOME"] = home.Path });
        var registration = await gateway.RegisterAsync();
        await using var pair = ProgramProcess.Start(
            "sophon-node", ["pair", "--gateway", gateway.Url.ToString(), "--node-id", registration.NodeId, "--secret", registration.PairingSecret],
            new Dictionary<string, string?> { ["HOME"] = home.Path, ["SOPHON_NODE_HOME"] = null });
        await pair.WaitForAsync("Waiting for approval");
        await gateway.ApproveAsync(registration.NodeId);
        Assert.Equal(0, await pair.ExitAsync());
        Assert.EndsWith("Node paired successfully! Token saved to ~/.sophon-node/config.json\n", pair.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(home.File(".sophon-node/config.json")));
    }

    [Fact]
    public async Task Other_verbs_of_the_page_should_work()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null);

        await using (var version = node.Run("version"))
        {
            Assert.Equal(0, await version.ExitAsync());
            Assert.StartsWith("Sophon Node v1.0.0", version.Output, StringComparison.Ordinal);
        }

        await using (var unpaired = node.Run("start"))
        {
            Assert.NotEqual(0, await unpaired.ExitAsync());
            Assert.Contains("sophon-node pair", unpaired.Errors, StringComparison.Ordinal);
        }

        await node.PairAsync(gateway);
        await node.StartAsync();
        await using (var status = node.Run("status"))
        {
            Assert.Equal(0, await status.ExitAsync());
            Assert.Contains(gateway.Url.ToString().TrimEnd('/'), status.Output, StringComparison.Ordinal);
            Assert.Contains($"{node.NodeId}.", status.Output, StringComparison.Ordinal);
        }

        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitAsync());
        await gateway.WaitForStateAsync(node.NodeId, "offline");
        await using (var stale = node.Run("status")) Assert.NotEqual(0, await stale.ExitAsync());

        await using var unpair = node.Run("unpair", "--yes");
        Assert.Equal(0, await unpair.ExitAsync());
        Assert.Contains("revoke", unpair.Output, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(node.Home, "config.json")));
    }

    [Fact]
    public async Task Rejected_expired_and_wrong_secrets_should_end_pairing_with_a_sentence()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null);
        var registration = await gateway.RegisterAsync();
        string[] Pair(string secret) => ["pair", "--gateway", gateway.Url.ToString(), "--node-id", registration.NodeId, "--secret", secret];

        await using (var wrong = node.Run(Pair("s_wrong")))
        {
            Assert.NotEqual(0, await wrong.ExitAsync());
            Assert.NotEqual("", wrong.Errors);
        }

        await using (var rejected = node.Run(Pair(registration.PairingSecret)))
        {
            await rejected.WaitForAsync("Waiting for approval");
            using var response = await gateway.Http.PostAsync(new Uri($"api/nodes/{registration.NodeId}/reject", UriKind.Relative), null);
            Assert.True(response.IsSuccessStatusCode);
            Assert.NotEqual(0, await rejected.ExitAsync());
            Assert.Contains("rejected", rejected.Errors, StringComparison.Ordinal);
        }

        await using (var nobody = node.Run("pair", "--gateway", "http://127.0.0.1:9", "--node-id", "x", "--secret", "s_x"))
        {
            Assert.NotEqual(0, await nobody.ExitAsync());
            Assert.Contains("127.0.0.1:9", nobody.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(node.Home, "config.json")));
    }

    /// <summary>How often the Node has polled depends on how fast the approval came.</summary>
    static string WithoutFurtherPolls(string output) => Polls().Replace(output, "$1$1");

    [GeneratedRegex(@"(Waiting for approval \(pairing code: [^)]+\)\.\.\.\n){3,}")]
    private static partial Regex Polls();
}
