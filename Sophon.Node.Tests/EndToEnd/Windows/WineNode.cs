using Sophon.Node.Tests.Platform.Windows.Wine;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd.Windows;

/// <summary>The Node as it is released for Windows, under Wine, paired with a Gateway on Linux.</summary>
public sealed class WineNode : IAsyncDisposable
{
    readonly TestFolder folder = new();

    WineNode(WineSession session, GatewayProgram gateway, string program) => (Session, Gateway, Program) = (session, gateway, program);

    public WineSession Session { get; }

    public GatewayProgram Gateway { get; }

    /// <summary>sophon-node.exe, as this machine sees it.</summary>
    public string Program { get; }

    public string NodeId { get; private set; } = "";

    public string Home => folder.File("home");

    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = WineSession.WindowsPath(Home) };

    public static async Task<WineNode> StartAsync(WinePrefix prefix, bool windowManager = true, params string[] pairing)
    {
        // The release itself, where there is one.
        var published = Environment.GetEnvironmentVariable("SOPHON_TEST_RELEASE_WINDOWS") is { Length: > 0 } release ? release : await WinePrefix.PublishAsync("Sophon.Node");
        var session = await WineSession.StartAsync(prefix, windowManager);
        var node = new WineNode(session, await GatewayProgram.StartNewAsync(), Path.Combine(published, "sophon-node.exe"));
        try
        {
            await node.PairAsync(pairing);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Interactive, as in a terminal.</summary>
    public async Task RunAsync()
    {
        var output = Session.Start(Variables, Program, "start");
        await WaitForLineAsync(output, "Heartbeat sent. Status: Online.");
    }

    public Task<GatewayProgram.Answer> ExecuteAsync(string type, object? parameters = null) => Gateway.ExecuteAsync(NodeId, type, parameters);

    public async Task<GatewayProgram.Answer> SucceedAsync(string type, object? parameters = null)
    {
        var answer = await ExecuteAsync(type, parameters);
        Assert.True(answer.Status == "succeeded", $"{type}: {answer}");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Gateway.DisposeAsync();
        folder.Dispose();
    }

    async Task PairAsync(string[] options)
    {
        var registration = await Gateway.RegisterAsync();
        NodeId = registration.NodeId;
        var output = Session.Start(Variables, [Program, "pair", "--gateway", Gateway.Url.ToString(), "--node-id", NodeId, "--secret", registration.PairingSecret, .. options]);
        await WaitForLineAsync(output, "Waiting for approval");
        await Gateway.ApproveAsync(NodeId);
        await WaitForLineAsync(output, "Node paired successfully!");
    }

    static async Task WaitForLineAsync(string file, string text)
    {
        try
        {
            await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal), text, TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"\"{text}\" was not seen; the program said: {await File.ReadAllTextAsync(file)}");
        }
    }
}
