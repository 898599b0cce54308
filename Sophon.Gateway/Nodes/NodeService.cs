using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

/// <summary>What an administrator does with nodes; a live connection feels it at once.</summary>
sealed class NodeService(NodeDirectory directory, NodeConnections connections, CommandRecovery recovery, HeartbeatSamples samples, AuditLog audit, TimeProvider time)
{
    public Task<NodeRecord> ApproveAsync(Caller by, string nodeId, ApproveRequest request)
    {
        var scopes = request.Scopes is null ? Scopes.Default : NodeChecks.Scopes(request.Scopes);
        var name = request.DisplayName is null ? null : NodeChecks.DisplayName(request.DisplayName);
        return ChangeAsync(nodeId, node => PairingProcess.Approve(node, scopes, name, request.FactsHash, time.GetUtcNow()),
            (db, _, node) => audit.Add(db, by, AuditAction.NodeApproved, $"scopes {Words(node.Scopes)}; machine {node.Facts?.HostName ?? "unknown"} at {node.Facts?.Address}", nodeId));
    }

    public Task<NodeRecord> RejectAsync(Caller by, string nodeId, string? reason) =>
        ChangeAsync(nodeId, node => PairingProcess.Reject(node, NodeChecks.Reason(reason)), (db, _, node) => audit.Add(db, by, AuditAction.NodeRejected, node.RejectReason, nodeId));

    public Task<NodeRecord> RenameAsync(Caller by, string nodeId, string? name)
    {
        var displayName = NodeChecks.DisplayName(name);
        return ChangeAsync(nodeId, node => node with { DisplayName = displayName },
            (db, before, _) => audit.Add(db, by, AuditAction.NodeRenamed, $"from \"{before.DisplayName}\" to \"{displayName}\"", nodeId));
    }

    /// <summary>Replaces the scopes; a connected Node hears of it at once.</summary>
    public async Task<NodeRecord> SetScopesAsync(Caller by, string nodeId, IReadOnlyList<string>? scopes)
    {
        var checkedScopes = NodeChecks.Scopes(scopes);
        var node = await ChangeAsync(nodeId, node => node.Stage is NodeStage.Approved or NodeStage.Active
            ? node with { Scopes = [.. checkedScopes] }
            : throw new ProblemException(Problem.Conflict(ProblemCodes.WrongState, $"{nodeId} is {node.Stage.ToString().ToLowerInvariant()}; scopes belong to an approved node.")),
            (db, before, after) => audit.Add(db, by, AuditAction.NodeScopesChanged, $"from {Words(before.Scopes)} to {Words(after.Scopes)}", nodeId));
        connections.Find(nodeId)?.UpdateScopes(node.Scopes);
        return node;
    }

    /// <summary>An administrator has looked at an audit that lost records, or was replaced for a good reason: what the Node tells next is kept.</summary>
    public Task<NodeRecord> ForgetAuditHeadAsync(Caller by, string nodeId) =>
        ChangeAsync(nodeId, AuditHeads.Forget, (db, before, _) => audit.Add(db, by, AuditAction.NodeAuditForgotten, before.AuditHead is { } kept ? $"had reached record {kept.Sequence}" : null, nodeId));

    /// <summary>Voids the token; a live socket is told so and closed.</summary>
    public async Task<NodeRecord> RevokeAsync(Caller by, string nodeId)
    {
        var node = await ChangeAsync(nodeId, PairingProcess.Revoke, (db, _, _) => audit.Add(db, by, AuditAction.NodeRevoked, nodeId: nodeId));
        await CloseAsync(nodeId);
        return node;
    }

    /// <summary>Removes a node with its history; its token is void.</summary>
    public async Task DeleteAsync(Caller by, string nodeId)
    {
        if (directory.Find(nodeId) is { Stage: NodeStage.Approved or NodeStage.Active }) await RevokeAsync(by, nodeId);
        if (!await directory.RemoveAsync(nodeId, db => audit.Add(db, by, AuditAction.NodeDeleted, nodeId: nodeId))) throw Missing(nodeId);
        samples.Forget(nodeId);
    }

    async Task CloseAsync(string nodeId)
    {
        if (connections.Find(nodeId) is { } connection) await connection.CloseAsync(DisconnectReasons.Revoked);
        await recovery.OnRevokedAsync(nodeId);
    }

    static string Words(List<string> scopes) => scopes.Count == 0 ? "none" : string.Join(", ", scopes);

    async Task<NodeRecord> ChangeAsync(string nodeId, Func<NodeRecord, NodeRecord> change, Action<GatewayDb, NodeRecord, NodeRecord> also) =>
        await directory.ChangeAsync(nodeId, change, also) ?? throw Missing(nodeId);

    public static ProblemException Missing(string nodeId) =>
        new(Problem.NotFound($"There is no node {new string([.. nodeId.Where(c => !char.IsControl(c)).Take(60)])}."));
}
