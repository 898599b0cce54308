using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd.Canaries;

/// <summary>
/// Reliability, line 24: a hundred secrets through a real Gateway and a real Node at their most verbose, and then every place that
/// somebody else may read is searched for each in every encoding. Left out is what has to hold them: config.json, and the Gateway's
/// store while a command is open. The journal may hold what is no secret: ids, names of applications and windows, and why they were not found.
/// </summary>
[Trait("kind", "real")]
public sealed class CanarySpecs(ITestOutputHelper report)
{
    const string Failing = "\"code\":\"";
    const string Nodes = "sophon.node.platform.x11.backend = tools\nsophon.node.log.file-level = debug\nsophon.node.log.console-level = debug\n";
    const string Policy = "system-execute = allow\ncommands { deny = [\"app.close\"] }\narguments { app.focus.name.deny = [\"cnry*\"] }\n";

    readonly List<Canary> canaries = [];

    [Fact]
    public async Task Secrets_should_turn_up_in_no_log_crash_text_state_file_url_or_process_list()
    {
        using var folder = new TestFolder();
        await using var lines = new CommandLines(folder.File("helpers"));
        await using var server = await XvfbServer.StartAsync(windowManager: true);
        await using var gateway = await GatewayProgram.StartNewAsync(options: ["--verbose"]);
        await using var node = new NodeProgram(server.Display, new Dictionary<string, string?> { ["PATH"] = lines.SearchPath });
        Dictionary<string, byte[]> sinks = [];
        canaries.Add(new("Gateway API token", gateway.AdminToken));

        await PairAsync(gateway, node, server, sinks);
        await File.WriteAllTextAsync(Path.Combine(node.Home, "policy.conf"), Policy, TestContext.Current.CancellationToken);
        var config = await File.ReadAllTextAsync(Path.Combine(node.Home, "config.json"), TestContext.Current.CancellationToken);
        canaries.Add(new("token", JsonDocument.Parse(config).RootElement.GetProperty("nodeToken").GetString()!.Split('.', 2)[1]));
        await node.StartAsync("--verbose");
        await CommandsAsync(gateway, node);
        Assert.Equal(100, canaries.Count);

        await using (var status = node.Run("status", "--json")) await KeepAsync("status", status, sinks);
        await using (var doctor = node.Run("doctor", "--json")) await KeepAsync("doctor", doctor, sinks);
        await using (var audit = node.Run("audit", "show")) await KeepAsync("audit show", audit, sinks);
        await server.KillAsync();
        await SendAsync(gateway, node, "input.keyboard.type", new { text = canaries[5].Secret }, Failing);
        node.Process.Terminate();
        await KeepAsync("Node", node.Process, sinks);
        sinks["Gateway's output"] = Encoding.UTF8.GetBytes(gateway.Process.Output.Replace(gateway.AdminToken, "", StringComparison.Ordinal) + gateway.Process.Errors);
        await CrashAsync(node, config, sinks);

        sinks["command lines"] = lines.All();
        AddFiles(sinks, "Node", node.Home, except: "config.json");
        AddFiles(sinks, "Gateway", Path.Combine(gateway.Environment["SOPHON_GATEWAY_HOME"]!, "logs"), except: null);
        Report(Search(sinks), sinks, lines);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("hex")]
    [InlineData("json")]
    [InlineData("url")]
    [InlineData("utf-16le")]
    [InlineData("base64 of utf-8, shifted 0")]
    [InlineData("base64 of utf-8, shifted 1")]
    [InlineData("base64url of utf-16, shifted 2")]
    public void Search_should_find_each_form_within_other_text(string form)
    {
        var canary = Canary.New("probe");
        canaries.Add(canary);
        var shift = char.IsAsciiDigit(form[^1]) ? form[^1] - '0' : 0;
        var padded = new string('x', shift);
        byte[] hidden = form.StartsWith("base64", StringComparison.Ordinal)
            ? Encoding.ASCII.GetBytes(Base64(form, form.Contains("16", StringComparison.Ordinal) ? [.. new byte[shift], .. Encoding.Unicode.GetBytes(canary.Secret + "tail")] : Encoding.UTF8.GetBytes(padded + canary.Secret + "tail")))
            : canary.Forms.First(candidate => candidate.Name == form).Bytes;
        Assert.NotEmpty(Search(new Dictionary<string, byte[]> { ["log"] = [.. "before "u8, .. hidden, .. " after"u8] }));
    }

    static string Base64(string form, byte[] bytes) =>
        form.StartsWith("base64url", StringComparison.Ordinal) ? Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_') : Convert.ToBase64String(bytes);

    /// <summary>Once with a wrong secret, once with the right one.</summary>
    async Task PairAsync(GatewayProgram gateway, NodeProgram node, XvfbServer server, Dictionary<string, byte[]> sinks)
    {
        await node.ConfigureAsync(Nodes);
        var wrong = Canary.New("wrong pairing secret");
        canaries.Add(wrong);
        var registration = await gateway.RegisterAsync();
        canaries.Add(new("pairing secret", registration.PairingSecret));
        await using (var refused = Pair(wrong.Secret)) await KeepAsync("pair, refused", refused, sinks);
        await using var pair = Pair(registration.PairingSecret);
        await pair.WaitForAsync("Waiting for approval");
        await gateway.ApproveAsync(registration.NodeId);
        await KeepAsync("pair", pair, sinks);
        node.Adopt(registration.NodeId);

        ProgramProcess Pair(string secret) => ProgramProcess.Start(
            "sophon-node", ["pair", "--gateway", gateway.Url.ToString(), "--node-id", registration.NodeId],
            new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = node.Home, ["DISPLAY"] = server.Display, ["SOPHON_PAIRING_SECRET"] = secret });
    }

    async Task CommandsAsync(GatewayProgram gateway, NodeProgram node)
    {
        for (var i = 0; i < 24; i++) await SendAsync(gateway, node, "input.keyboard.type", new { text = New(i < 4 ? "password, typed" : "typed text") });
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(gateway, node, "clipboard.write", new { text = New("clipboard text") });
            if (i % 5 == 0) await SendAsync(gateway, node, "clipboard.read", new { });
        }

        for (var i = 0; i < 20; i++) await SendAsync(gateway, node, "system.execute", new { command = "cat", stdin = New("standard input") });
        for (var i = 0; i < 19; i++) await SendAsync(gateway, node, "system.execute", new { command = "printenv", args = new[] { "CANARY" }, env = new Dictionary<string, string> { ["CANARY"] = New("environment") } });

        // What fails tells why, and must not quote what it was given.
        await SendAsync(gateway, node, "system.execute", new { command = "no-such-program", stdin = New("standard input, no program") }, Failing);
        await SendAsync(gateway, node, "system.execute", new { command = "false", env = new Dictionary<string, string> { [New("environment, name") + "\0"] = "x" } }, Failing);
        await SendAsync(gateway, node, "system.execute", new { command = "sleep", args = new[] { "20" }, stdin = New("standard input, timed out") }, Failing, 1);
        await SendAsync(gateway, node, "input.keyboard.type", new { text = New("typed text, no key types it") + "\u0001" }, Failing);
        await SendAsync(gateway, node, "input.keyboard.type", new { text = new[] { New("typed text, wrong type") } }, Failing);
        await SendAsync(gateway, node, "input.keyboard.type", new { txet = New("typed text, wrong name") }, Failing);
        await SendAsync(gateway, node, "input.keyboard.press", new { keys = New("key that is none") }, Failing);
        await SendAsync(gateway, node, "clipboard.write", new { text = new { nested = New("clipboard text, wrong type") } }, Failing);
        await SendAsync(gateway, node, "clipboard.paste", new { text = New("unknown command") }, Failing);
        await SendAsync(gateway, node, "app.close", new { name = New("refused by policy") }, Failing);
        await SendAsync(gateway, node, "app.focus", new { name = New("refused by an argument's rule") }, Failing);
        await SendAsync(gateway, node, "input.keyboard.type", new { text = New("typed text, too long") + new string('x', 10_000) }, Failing);
        await SendAsync(gateway, node, "system.execute", new { command = "cat", workingDirectory = "/no/such/folder", stdin = New("standard input, no folder") }, Failing);
    }

    string New(string kind)
    {
        var canary = Canary.New(kind);
        canaries.Add(canary);
        return canary.Secret;
    }

    static async Task SendAsync(GatewayProgram gateway, NodeProgram node, string type, object parameters, string expected = "\"succeeded\"", int timeoutSeconds = 30)
    {
        using var response = await gateway.Http.PostAsJsonAsync($"api/nodes/{node.NodeId}/commands", new { type, parameters, timeoutSeconds });
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(body.Contains(expected, StringComparison.Ordinal), $"{type}: {body}");
    }

    /// <summary>A config.json and a node.conf that can't be read hold the token and more; what ends the program must not show it.</summary>
    static async Task CrashAsync(NodeProgram node, string config, Dictionary<string, byte[]> sinks)
    {
        var file = Path.Combine(node.Home, "config.json");
        foreach (var (name, broken) in new[] { ("cut", config[..^6]), ("doubled", config.Replace("}", ",", StringComparison.Ordinal) + config.TrimStart('{')), ("no text", config.Replace("\"nodeToken\": ", "\"nodeToken\": [", StringComparison.Ordinal)) })
        {
            await File.WriteAllTextAsync(file, broken);
            foreach (var verb in new[] { "start", "status", "doctor" })
            {
                await using var crashed = node.Run(verb);
                await KeepAsync($"{verb}, config.json {name}", crashed, sinks);
            }
        }

        await File.WriteAllTextAsync(file, config);
    }

    static async Task KeepAsync(string name, ProgramProcess process, Dictionary<string, byte[]> sinks)
    {
        await process.ExitAsync();
        sinks[$"{name}: output"] = Encoding.UTF8.GetBytes(process.Output);
        sinks[$"{name}: errors"] = Encoding.UTF8.GetBytes(process.Errors);
    }

    static void AddFiles(Dictionary<string, byte[]> sinks, string owner, string folder, string? except)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != except))
            sinks[$"{owner}: {Path.GetRelativePath(folder, file)}"] = File.ReadAllBytes(file);
    }

    List<string> Search(Dictionary<string, byte[]> sinks) =>
    [
        .. from sink in sinks
           from canary in canaries
           from form in canary.Forms
           where sink.Value.AsSpan().IndexOf(form.Bytes) >= 0
           select $"{canary} ({form.Name}) in {sink.Key}",
    ];

    void Report(List<string> hits, Dictionary<string, byte[]> sinks, CommandLines lines)
    {
        report.WriteLine($"{canaries.Count} secrets ({canaries.Select(canary => canary.Kind).Distinct().Count()} kinds) × {canaries[0].Forms.Count} encodings × {sinks.Count} sinks, {sinks.Values.Sum(sink => (long)sink.Length):N0} bytes; /proc looked at {lines.Looks:N0} times, {lines.Helped:N0} calls of helpers recorded: {hits.Count} hits");
        foreach (var (name, bytes) in sinks.OrderBy(sink => sink.Key, StringComparer.Ordinal)) report.WriteLine($"  {bytes.Length,10:N0} bytes  {name}");
        Assert.True(lines.Helped > 40, "the helpers' wrappers were not used");
        Assert.True(sinks["Node: errors"].Length > 10_000, "the Node was not verbose");
        Assert.Empty(hits);
    }
}
