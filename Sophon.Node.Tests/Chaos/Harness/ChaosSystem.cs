using System.Diagnostics;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>A Gateway, a proxy and a Node that reaches the Gateway through the proxy only. The settings of the Node are those of the field.</summary>
sealed class ChaosSystem : IAsyncDisposable
{
    ChaosSystem(GatewayProgram gateway, TcpProxy proxy, NodeProgram node) => (Gateway, Proxy, Node) = (gateway, proxy, node);

    public GatewayProgram Gateway { get; }

    public TcpProxy Proxy { get; }

    public NodeProgram Node { get; }

    /// <param name="display">Null for a Node without one.</param>
    /// <param name="variables">More of the Node's environment.</param>
    /// <param name="start">False: paired, and not started yet.</param>
    public static async Task<ChaosSystem> StartAsync(string? nodeConf = null, string? policyConf = null, string? display = null, IReadOnlyDictionary<string, string?>? variables = null, bool start = true)
    {
        var gateway = await GatewayProgram.StartNewAsync();
        var system = new ChaosSystem(gateway, new TcpProxy(gateway.Url.Port), new NodeProgram(display, variables));
        try
        {
            await system.Node.ConfigureAsync($"sophon.node.gateway.first-retry-within = 5s\n{nodeConf}");
            await system.Node.PairAsync(gateway, system.Proxy.Url);
            if (policyConf is not null) await File.WriteAllTextAsync(Path.Combine(system.Node.Home, "policy.conf"), policyConf);
            if (start) await system.Node.StartAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public Task<GatewayProgram.Answer> ExecuteAsync(string type, object? parameters = null, int timeoutSeconds = 30) =>
        Gateway.ExecuteAsync(Node.NodeId, type, parameters, timeoutSeconds);

    /// <summary>Connections on which a heartbeat was acknowledged, as the Node tells.</summary>
    public int TimesOnline => Count("Heartbeat sent. Status: Online.");

    /// <summary>How long until the Node is online on another connection, and answers a command.</summary>
    /// <param name="before"><see cref="TimesOnline"/> while the old connection was there.</param>
    public async Task<TimeSpan> OnlineAgainAsync(TimeSpan deadline, int before)
    {
        var watch = Stopwatch.StartNew();
        await Support.Eventually.TrueAsync(() => TimesOnline > before, "the Node is online again", deadline);
        await Gateway.WaitForStateAsync(Node.NodeId, "online", deadline);
        var took = watch.Elapsed;
        var answer = await ExecuteAsync("system.info");
        if (answer.Status != "succeeded") throw new InvalidOperationException($"online, but system.info is answered {answer}");
        return took;
    }

    /// <summary>How long until the Node says so on standard output or standard error, once more than before.</summary>
    public async Task<TimeSpan> NodeSaysAsync(string text, TimeSpan deadline, int before = 0)
    {
        var watch = Stopwatch.StartNew();
        await Support.Eventually.TrueAsync(() => Count(text) > before, $"\"{text}\" from the Node, which said:\n{Node.Process.Output}\n{Node.Process.Errors}", deadline);
        return watch.Elapsed;
    }

    public int Count(string text) => (Node.Process.Output + Node.Process.Errors).Split(text).Length - 1;

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Proxy.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}
