using System.Collections.Concurrent;
using Sophon.Gateway.Changes;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hub;

/// <summary>The live sockets: one of each Node.</summary>
sealed class NodeConnections(ChangeFeed feed)
{
    readonly ConcurrentDictionary<string, NodeConnection> live = new();

    public IEnumerable<NodeConnection> All => live.Values;

    /// <summary>The Node's socket, whether or not it has been heard of lately.</summary>
    public NodeConnection? Find(string nodeId) => live.GetValueOrDefault(nodeId);

    public bool IsOnline(string nodeId) => Find(nodeId) is { IsAlive: true };

    /// <summary>Takes over; an older connection of the same Node is told that it is superseded, and closed.</summary>
    public void Add(NodeConnection connection)
    {
        NodeConnection? older = null;
        live.AddOrUpdate(connection.NodeId, connection, (_, present) =>
        {
            older = present;
            return connection;
        });
        feed.Publish(Topic.Nodes, connection.NodeId);
        if (older is null) return;
        older.Ended();
        _ = older.CloseAsync(DisconnectReasons.Superseded);
    }

    /// <returns>True when this was the Node's current connection: it is offline now.</returns>
    public bool Remove(NodeConnection connection)
    {
        connection.SocketClosed();
        if (!live.TryRemove(KeyValuePair.Create(connection.NodeId, connection))) return false;
        feed.Publish(Topic.Nodes, connection.NodeId);
        return true;
    }
}
