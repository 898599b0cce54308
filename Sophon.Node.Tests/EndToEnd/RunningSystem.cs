using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>A Gateway, a paired Node and an X server, all real processes.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    RunningSystem(XvfbServer server, GatewayProgram gateway, NodeProgram node) => (Server, Gateway, Node) = (server, gateway, node);

    public XvfbServer Server { get; }

    public GatewayProgram Gateway { get; }

    public NodeProgram Node { get; }

    /// <param name="nodeConf">More lines of the Node's node.conf.</param>
    /// <param name="policyConf">The Node's policy.conf, or null for none.</param>
    public static async Task<RunningSystem> StartAsync(bool windowManager = true, string? nodeConf = null, IReadOnlyDictionary<string, string?>? variables = null, string? policyConf = null)
    {
        var server = await XvfbServer.StartAsync(windowManager: windowManager);
        var gateway = await GatewayProgram.StartNewAsync();
        var node = new NodeProgram(server.Display, variables);
        var system = new RunningSystem(server, gateway, node);
        try
        {
            await node.ConfigureAsync(nodeConf);
            await node.PairAsync(gateway);
            if (policyConf is not null) await File.WriteAllTextAsync(Path.Combine(node.Home, "policy.conf"), policyConf);
            await node.StartAsync();
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

    public async Task<GatewayProgram.Answer> SucceedAsync(string type, object? parameters = null)
    {
        var answer = await ExecuteAsync(type, parameters);
        Assert.True(answer.Status == "succeeded", $"{type}: {answer}");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
