using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Nodes;

/// <summary>
/// Every registered Node, in memory and in the store. Reads cost nothing; a change is written first and seen afterwards,
/// and the changes of one node happen one after the other.
/// </summary>
sealed class NodeDirectory(StoreWriter writer, IDbContextFactory<GatewayDb> databases, ChangeFeed feed)
{
    readonly ConcurrentDictionary<string, Entry> entries = new();

    public IEnumerable<NodeRecord> All => entries.Values.Select(entry => entry.Node);

    public NodeRecord? Find(string nodeId) => entries.GetValueOrDefault(nodeId)?.Node;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var node in db.Nodes.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            entries[node.Id] = new Entry(node);
    }

    /// <param name="also">Is written with it.</param>
    /// <exception cref="StoreException">It can't be stored.</exception>
    public async Task AddAsync(NodeRecord node, Action<GatewayDb>? also = null)
    {
        await writer.WriteAsync(db =>
        {
            db.Nodes.Add(node);
            also?.Invoke(db);
        });
        entries[node.Id] = new Entry(node);
        feed.Publish(Topic.Nodes, node.Id);
    }

    /// <summary>Replaces a node by what <paramref name="change"/> makes of it; the same instance means no change.</summary>
    /// <param name="also">Is written with the change: what it was, what it is then.</param>
    /// <returns>The node as it is then, or null when there is none of that id.</returns>
    /// <exception cref="StoreException">It can't be stored; the node is as it was.</exception>
    public async Task<NodeRecord?> ChangeAsync(string nodeId, Func<NodeRecord, NodeRecord> change, Action<GatewayDb, NodeRecord, NodeRecord>? also = null)
    {
        if (!entries.TryGetValue(nodeId, out var entry)) return null;
        await entry.Gate.WaitAsync();
        try
        {
            if (entry.Removed) return null;
            var before = entry.Node;
            var next = change(before);
            if (ReferenceEquals(next, before)) return next;
            await writer.WriteAsync(db =>
            {
                db.Nodes.Update(next);
                also?.Invoke(db, before, next);
            });
            entry.Node = next;
            feed.Publish(Topic.Nodes, nodeId);
            return next;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Removes a node and its commands.</summary>
    /// <exception cref="StoreException">It can't be stored; the node is still there.</exception>
    public async Task<bool> RemoveAsync(string nodeId, Action<GatewayDb>? also = null)
    {
        if (!entries.TryGetValue(nodeId, out var entry)) return false;
        await entry.Gate.WaitAsync();
        try
        {
            if (entry.Removed) return false;
            await writer.WriteAsync(db =>
            {
                db.Commands.Where(command => command.NodeId == nodeId).ExecuteDelete();
                db.Nodes.Where(node => node.Id == nodeId).ExecuteDelete();
                also?.Invoke(db);
            });
            entry.Removed = true;
            entries.TryRemove(nodeId, out _);
            feed.Publish(Topic.Nodes, nodeId);
            return true;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    sealed class Entry(NodeRecord node)
    {
        public volatile NodeRecord Node = node;
        public SemaphoreSlim Gate { get; } = new(1);
        public bool Removed { get; set; }
    }
}
