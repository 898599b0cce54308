using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hub;

/// <summary>
/// Keeps the furthest head of a Node's audit that a heartbeat told of. A Node whose audit ends earlier, or holds another record
/// there, has lost its tail: from then on the head stays as it is, so that nobody can grow a new chain past it unseen,
/// until an administrator has looked at it or the Node is paired anew.
/// </summary>
static class AuditHeads
{
    public static NodeRecord Take(NodeRecord node, AuditHead? told, DateTimeOffset now)
    {
        if (told is not { Sequence: > 0, Hash.Length: 64 } || node.AuditCutAt is not null) return node;
        if (node.AuditHead is not { } kept || told.Sequence > kept.Sequence)
            return node with { AuditHead = new KeptHead { Sequence = told.Sequence, Hash = told.Hash, SeenAt = now } };
        return told.Sequence == kept.Sequence && told.Hash == kept.Hash ? node : node with { AuditCutAt = now, AuditCutTo = told.Sequence };
    }

    /// <summary>A person has looked: the next heartbeat's head is kept, whatever it is.</summary>
    public static NodeRecord Forget(NodeRecord node) => node with { AuditHead = null, AuditCutAt = null, AuditCutTo = null };

    /// <summary>For the administrator; null while all is well.</summary>
    public static string? Warning(NodeRecord node) => node is { AuditHead: { } kept, AuditCutAt: { } at, AuditCutTo: { } to }
        ? $"Its audit lost records: it had reached record {kept.Sequence} at {kept.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and ended at {to} at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. A power cut costs about a second of it; more means that it was cut off or replaced. Run sophon-node audit verify there."
        : null;
}
