using System.Net.WebSockets;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Support.Fleet;

/// <summary>Hundreds or thousands of Nodes of one process, connected to a Gateway's real hub: they beat, and answer every command.</summary>
public sealed class ConnectedFleet : IAsyncDisposable
{
    const int AtOnce = 32;

    /// <summary>A Node of the field beats every 30 s; between its beats it pings.</summary>
    static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource stop = new();
    readonly List<LightNode> nodes;
    Task beating = Task.CompletedTask;

    ConnectedFleet(IEnumerable<NodeToken> tokens) => nodes = [.. tokens.Select(token => new LightNode(token))];

    public int Connected => nodes.Count(node => node.IsConnected);

    /// <summary>Commands that were answered.</summary>
    public int Answered => nodes.Sum(node => node.Answered);

    /// <summary>Connects them all and sends a first heartbeat of each.</summary>
    /// <param name="gateway">Its URL, with a path base when it has one.</param>
    public static async Task<ConnectedFleet> ConnectAsync(Uri gateway, IEnumerable<NodeToken> tokens, CancellationToken cancellationToken = default)
    {
        var hub = new UriBuilder(gateway.ToString().TrimEnd('/') + WireNames.HubPath) { Scheme = gateway.Scheme == "https" ? "wss" : "ws" }.Uri;
        var fleet = new ConnectedFleet(tokens);
        try
        {
            await Parallel.ForEachAsync(
                fleet.nodes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (node, cancellation) => await node.ConnectAsync(hub, cancellation));
            fleet.beating = fleet.BeatAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        foreach (var node in nodes) await node.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>Spread over the round, as the beats of Nodes that were started at different times are.</summary>
    async Task BeatAsync()
    {
        try
        {
            for (var round = 0; ; round++)
            {
                for (var number = 0; number < nodes.Count; number++)
                {
                    if (number % (nodes.Count / 100 + 1) == 0) await Task.Delay(Round / 100, stop.Token);
                    if (!nodes[number].IsConnected) continue;
                    await ((number + round) % 3 == 0 ? nodes[number].BeatAsync(stop.Token) : nodes[number].PingAsync(stop.Token));
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The fleet is stopped, or its Gateway.
        }
    }
}
