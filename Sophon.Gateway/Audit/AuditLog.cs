using Sophon.Gateway.Accounts;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Audit;

/// <summary>Adds to the audit: where it can, in the transaction of what it tells of, so that neither is there without the other.</summary>
sealed class AuditLog(NodeDirectory directory, StoreWriter writer, ChangeFeed feed, TimeProvider time)
{
    const int LongestDetail = 500;

    /// <summary>Within a change of the store.</summary>
    public void Add(GatewayDb db, Caller by, AuditAction action, string? detail = null, string? nodeId = null, string? commandId = null, string? address = null) =>
        Add(db, Record(by.Id, by.Name, action, detail, nodeId, commandId, address));

    /// <summary>For what is no change of the store; a failure to write is only logged.</summary>
    public void WriteBehind(Caller? by, AuditAction action, string? detail = null, string? nodeId = null, string? address = null)
    {
        var record = Record(by?.Id, by?.Name ?? "nobody", action, detail, nodeId, null, address);
        writer.WriteBehind(db => Add(db, record));
    }

    /// <summary>A step of a command counts as done by who asked for it, unless <paramref name="by"/> says otherwise.</summary>
    public void Add(GatewayDb db, CommandRecord command, AuditAction action, string? detail = null, Caller? by = null) =>
        Add(db, Record(by?.Id ?? command.RequestedById, by?.Name ?? command.RequestedBy, action, detail, command.NodeId, command.Id, null));

    void Add(GatewayDb db, AuditRecord record)
    {
        db.Audit.Add(record);
        feed.Publish(Topic.Audit, record.CommandId ?? record.NodeId ?? record.Action.ToString());
    }

    AuditRecord Record(string? actorId, string actor, AuditAction action, string? detail, string? nodeId, string? commandId, string? address) => new()
    {
        At = time.GetUtcNow(),
        ActorId = actorId,
        Actor = actor,
        Action = action,
        NodeId = nodeId,
        NodeName = nodeId is null ? null : directory.Find(nodeId)?.DisplayName,
        CommandId = commandId,
        Detail = detail is { Length: > LongestDetail } ? detail[..LongestDetail] + "…" : detail,
        Address = address,
    };
}
