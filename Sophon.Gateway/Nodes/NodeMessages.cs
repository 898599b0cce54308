using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

/// <summary>A Node as people see it.</summary>
/// <param name="PairingCode">While it is waiting or pending: compare it with what the machine shows.</param>
/// <param name="SecretExpiresAt">While a pairing is open.</param>
/// <param name="Facts">What the machine says of itself; present once it has polled.</param>
/// <param name="FactsHash">Names code and facts; give it to approve, so that nothing else than what was seen is approved.</param>
/// <param name="Warnings">Sentences for the approver, e.g. about a second claimant.</param>
/// <param name="LastSeenAt">To the minute while it is online.</param>
/// <param name="Heartbeat">The last one of the live connection.</param>
/// <param name="OpenCommands">Commands without a final status.</param>
/// <param name="AuditHead">The furthest head of the Node's audit that the Gateway knows of.</param>
public sealed record NodeView(
    string NodeId, string DisplayName, string Platform, NodeState State, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt,
    string? PairingCode, DateTimeOffset? SecretExpiresAt, ClaimFacts? Facts, string? FactsHash, IReadOnlyList<string> Warnings,
    DateTimeOffset? ApprovedAt, string? RejectReason, string? Version, DateTimeOffset? LastSeenAt, DateTimeOffset? ConnectedAt,
    Heartbeat? Heartbeat, DateTimeOffset? HeartbeatAt, int OpenCommands, KeptAuditHead? AuditHead = null);

/// <summary><c>POST /api/nodes/{nodeId}/approve</c>.</summary>
/// <param name="Scopes">What the Node may be asked to do; <c>screen.capture</c>, <c>system.info</c> and <c>notify.send</c> when absent.</param>
/// <param name="DisplayName">Renames it on the way.</param>
/// <param name="FactsHash">From the node as the approver saw it; 409 when it changed since.</param>
public sealed record ApproveRequest(IReadOnlyList<string>? Scopes = null, string? DisplayName = null, string? FactsHash = null);

/// <summary><c>POST /api/nodes/{nodeId}/reject</c>.</summary>
/// <param name="Reason">Is shown on the machine.</param>
public sealed record RejectRequest(string? Reason = null);

/// <summary><c>PUT /api/nodes/{nodeId}/scopes</c>: the whole set.</summary>
public sealed record ScopesRequest(IReadOnlyList<string> Scopes);

/// <summary><c>PATCH /api/nodes/{nodeId}</c>.</summary>
public sealed record RenameRequest(string DisplayName);
