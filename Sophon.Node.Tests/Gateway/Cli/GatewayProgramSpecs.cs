using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sophon.Gateway.Cli;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Cli;

/// <summary>The program itself, as a process.</summary>
[Trait("kind", "real")]
public sealed partial class GatewayProgramSpecs : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly string data = Path.Combine(Directory.CreateTempSubdirectory("sophon-gateway-").FullName, "data");
    string url = "";
    string token = "";

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);

    [Fact]
    public async Task First_run_should_print_where_it_listens_and_the_token_once_and_end_on_sigterm()
    {
        var (gateway, lines) = await ServeAsync();
        using (gateway)
        {
            Assert.Equal($"Data:        {Path.Combine(data, "gateway.db")}", lines[2]);
            Assert.Equal("Press Ctrl+C to stop.", lines[^1]);
            await TerminateAsync(gateway);
        }

        (var again, lines) = await ServeAsync();
        using (again)
        {
            Assert.DoesNotContain(lines, line => line.Contains("sg_", StringComparison.Ordinal));
            await TerminateAsync(again);
        }

        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(data, "*", SearchOption.AllDirectories)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        foreach (var folder in Directory.GetDirectories(data).Append(data)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Script_should_add_approve_drive_and_revoke_a_node()
    {
        var (gateway, _) = await ServeAsync();
        using var process = gateway;
        var registered = JsonSerializer.Deserialize<RegisterNodeResponse>((await RunAsync("nodes", "add", "Office PC", "--platform", "linux", "--json")).Output, JsonSerializerOptions.Web)!;
        var nodeId = registered.NodeId;
        Assert.Matches($"{nodeId}  Office PC  waiting", (await RunAsync("nodes", "list")).Output);

        using var http = new HttpClient { BaseAddress = new Uri(url) };
        async Task<PairResponse> PollAsync()
        {
            var response = await http.PostAsJsonAsync("api/nodes/me/pair", new PairRequest(nodeId, registered.PairingSecret, "n"));
            return (await response.Content.ReadFromJsonAsync<PairResponse>())!;
        }

        var approving = RunAsync("nodes", "approve", "office pc", "--wait", "30", "--scopes", "node.command");
        var code = (await PollAsync()).PairingCode;
        Assert.Contains("is approved", (await approving).Output, StringComparison.Ordinal);
        Assert.Contains(code!, (await approving).Error, StringComparison.Ordinal);
        Assert.True(NodeToken.TryParse((await PollAsync()).Token, out var nodeToken));

        Assert.Equal(ExitCodes.Failed, (await RunAsync("nodes", "exec", "Office PC", "system.info")).ExitCode);
        await using var node = new FakeNode(new Uri(url), nodeToken);
        await node.Hub.StartAsync();
        await node.BeatAsync();
        _ = node.ServeAsync(command => command.Type == "screen.capture" ? new { image = Convert.ToBase64String([1, 2, 3]), width = 1, height = 1 } : new { quality = command.Parameters.ToString() });

        var shot = Path.Combine(data, "shot.jpg");
        Assert.Equal(0, (await RunAsync("nodes", "exec", "Office PC", "screen.capture", "--param", "quality=90", "--out", shot)).ExitCode);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(shot));
        Assert.Contains("succeeded", (await RunAsync("nodes", "history", nodeId)).Output, StringComparison.Ordinal);
        Assert.Equal("notify.send\nsystem.info\n", (await RunAsync("nodes", "scopes", nodeId, "--set", "system.info", "--add", "notify.send")).Output);
        var denied = await RunAsync("nodes", "exec", "Office PC", "screen.capture");
        Assert.Equal((ExitCodes.Failed, true), (denied.ExitCode, denied.Error.StartsWith("denied: ", StringComparison.Ordinal)));
        Assert.Equal(0, (await RunAsync("nodes", "revoke", nodeId, "--yes")).ExitCode);
        await node.Closed;
        await TerminateAsync(gateway);
    }

    [Fact]
    public async Task Failures_should_be_one_sentence_and_an_exit_code()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var busy = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await AssertSentenceAsync(ExitCodes.Unavailable, "is in use", "serve", "--urls", busy, "--data", data);
        await AssertSentenceAsync(ExitCodes.Unavailable, "--urls", "serve", "--urls", "nonsense", "--data", data);
        await AssertSentenceAsync(ExitCodes.Unavailable, "can't be used", "serve", "--data", "/proc/nowhere");
        await AssertSentenceAsync(ExitCodes.Unauthorized, "SOPHON_GATEWAY_TOKEN", "nodes", "list");
        await AssertSentenceAsync(ExitCodes.Unavailable, "can't be reached", "nodes", "list", "--token", "t", "--gateway", "http://127.0.0.1:1");
        await AssertSentenceAsync(ExitCodes.Usage, "no Gateway URL", "nodes", "list", "--token", "t", "--gateway", "nonsense");
        Assert.Equal(ExitCodes.Usage, (await RunAsync("nodes", "explode")).ExitCode);

        await File.WriteAllBytesAsync(Path.Combine(data, "gateway.db"), new byte[10_000].Select((_, index) => (byte)index).ToArray());
        await AssertSentenceAsync(ExitCodes.Unavailable, "gateway.db can't be used", "serve", "--urls", "http://127.0.0.1:0", "--data", data);
    }

    [Fact]
    public async Task Data_folder_should_serve_one_gateway_at_a_time_and_new_tokens_beside_it()
    {
        var (gateway, _) = await ServeAsync();
        using var process = gateway;
        await AssertSentenceAsync(ExitCodes.Unavailable, "Another sophon-gateway", "serve", "--urls", "http://127.0.0.1:0", "--data", data);
        token = (await RunAsync("admin", "token", "--data", data)).Output.Trim();
        Assert.Equal(0, (await RunAsync("nodes", "list")).ExitCode);
        token = token[..^4] + "AAAA";
        Assert.Equal(ExitCodes.Unauthorized, (await RunAsync("nodes", "list")).ExitCode);
        await TerminateAsync(gateway);
    }

    async Task AssertSentenceAsync(int exitCode, string mentions, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);
        Assert.Equal((exitCode, ""), (code, output));
        Assert.True(error.TrimEnd('\n').Split('\n').Length == 1, error);
        Assert.Contains(mentions, error, StringComparison.Ordinal);
    }

    Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCodes).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["SOPHON_GATEWAY_URL"] = url;
        start.Environment["SOPHON_GATEWAY_TOKEN"] = token;
        start.Environment.Remove("SOPHON_GATEWAY_HOME");
        return Process.Start(start)!;
    }

    async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }

    async Task<(Process Gateway, List<string> Lines)> ServeAsync()
    {
        var process = Start("serve", "--urls", "http://127.0.0.1:0", "--data", data);
        var lines = new List<string>();
        while (lines.LastOrDefault() != "Press Ctrl+C to stop.")
            lines.Add(await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()));
        url = UrlPattern().Match(lines[1]).Value;
        token = TokenPattern().Match(string.Concat(lines)) is { Success: true } found ? found.Value : token;
        return (process, lines);
    }

    static async Task TerminateAsync(Process process)
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, process.ExitCode);
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"sg_[a-z0-9]+\.[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
