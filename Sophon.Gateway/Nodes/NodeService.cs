using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

/// <summary>What an administrator does with nodes; a live connection feels it at once.</summary>
sealed class NodeService(NodeDirectory directory, NodeConnections connections, CommandRecovery recovery, HeartbeatSamples samples, TimeProvider time)
{
    public Task<NodeRecord> ApproveAsync(string nodeId, ApproveRequest request)
    {
        var scopes = request.Scopes is null ? Scopes.Default : NodeChecks.Scopes(request.Scopes);
        var name = request.DisplayName is null ? null : NodeChecks.DisplayName(request.DisplayName);
        return ChangeAsync(nodeId, node => PairingProcess.Approve(node, scopes, name, request.FactsHash, time.GetUtcNow()));
    }

    public Task<NodeRecord> RejectAsync(string nodeId, string? reason) =>
        ChangeAsync(nodeId, node => PairingProcess.Reject(node, NodeChecks.Reason(reason)));

    public Task<NodeRecord> RenameAsync(string nodeId, string? name)
    {
        var displayName = NodeChecks.DisplayName(name);
        return ChangeAsync(nodeId, node => node with { DisplayName = displayName });
    }

    /// <summary>Replaces the scopes; a connected Node hears of it at once.</summary>
    public async Task<NodeRecord> SetScopesAsync(string nodeId, IReadOnlyList<string>? scopes)
    {
        var checkedScopes = NodeChecks.Scopes(scopes);
        var node = await ChangeAsync(nodeId, node => node.Stage is NodeStage.Approved or NodeStage.Active
            ? node with { Scopes = [.. checkedScopes] }
            : throw new ProblemException(Problem.Conflict(ProblemCodes.WrongState, $"{nodeId} is {node.Stage.ToString().ToLowerInvariant()}; scopes belong to an approved node.")));
        connections.Find(nodeId)?.UpdateScopes(node.Scopes);
        return node;
    }

    /// <summary>Voids the token; a live socket is told so and closed.</summary>
    public async Task<NodeRecord> RevokeAsync(string nodeId)
    {
        var node = await ChangeAsync(nodeId, PairingProcess.Revoke);
        await CloseAsync(nodeId);
        return node;
    }

    /// <summary>Removes a node with its history; its token is void.</summary>
    public async Task DeleteAsync(string nodeId)
    {
        if (directory.Find(nodeId) is { Stage: NodeStage.Approved or NodeStage.Active }) await RevokeAsync(nodeId);
        if (!await directory.RemoveAsync(nodeId)) throw Missing(nodeId);
        samples.Forget(nodeId);
    }

    async Task CloseAsync(string nodeId)
    {
        if (connections.Find(nodeId) is { } connection) await connection.CloseAsync(DisconnectReasons.Revoked);
        await recovery.OnRevokedAsync(nodeId);
    }

    async Task<NodeRecord> ChangeAsync(string nodeId, Func<NodeRecord, NodeRecord> change) =>
        await directory.ChangeAsync(nodeId, change) ?? throw Missing(nodeId);

    public static ProblemException Missing(string nodeId) =>
        new(Problem.NotFound($"There is no node {new string([.. nodeId.Where(c => !char.IsControl(c)).Take(60)])}."));
}
