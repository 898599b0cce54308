using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

/// <summary>Puts together what is stored of a Node and what is known of its live connection.</summary>
sealed class NodeViews(NodeConnections connections, CommandLedger ledger, TimeProvider time)
{
    public NodeView Of(NodeRecord node)
    {
        var connection = connections.Find(node.Id);
        var state = StateOf(node);
        var pairing = state is NodeState.Waiting or NodeState.Pending;
        return new NodeView(
            node.Id, node.DisplayName, node.Platform, state, node.Scopes, node.CreatedAt,
            pairing ? node.PairingCode : null,
            pairing || state == NodeState.Approved ? PairingProcess.Deadline(node) : null,
            node.Facts, FactsHash.Of(node), Warnings(node),
            node.ApprovedAt, node.RejectReason, node.Version, connection?.HeartbeatReceivedAt ?? node.LastSeenAt, connection?.ConnectedAt,
            connection?.Heartbeat, connection?.HeartbeatReceivedAt, ledger.CountOf(node.Id), AuditHeadOf(node));
    }

    public NodeState StateOf(NodeRecord node) => NodeStates.Of(node, connections.IsOnline(node.Id), time.GetUtcNow());

    public static KeptAuditHead? AuditHeadOf(NodeRecord node) =>
        node.AuditHead is { } kept ? new KeptAuditHead(kept.Sequence, kept.Hash, kept.SeenAt, node.AuditCutAt) : null;

    static List<string> Warnings(NodeRecord node)
    {
        var warnings = new List<string>();
        if (node.OtherClaims > 0)
            warnings.Add($"Somebody else presented this pairing secret, last from {node.OtherClaimAddress} at {node.OtherClaimAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and was refused. Unless that was you, reject this node and make a new secret.");
        if (node.Facts?.Platform is { } claimed && !string.Equals(claimed, node.Platform, StringComparison.OrdinalIgnoreCase))
            warnings.Add($"It was registered for {node.Platform}, and the machine says that it runs {claimed}.");
        if (node.SecretDead)
            warnings.Add("Its pairing secret was tried wrong too often and is dead; make a new one.");
        if (AuditHeads.Warning(node) is { } cut) warnings.Add(cut);
        return warnings;
    }
}
