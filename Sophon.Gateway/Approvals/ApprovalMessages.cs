using System.Text.Json;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Approvals;

/// <summary>A command that waits for a person, with everything that it would do.</summary>
/// <param name="Parameters">Exactly what the Node would get: command, arguments, folder, environment, input.</param>
/// <param name="TimeoutSeconds">Counts from the approval.</param>
/// <param name="Digest">Names what is shown here. An approval carries it, and counts for nothing else.</param>
/// <param name="Refusal">Why the caller can't decide on it; absent when they can.</param>
public sealed record ApprovalView(
    string CommandId, string NodeId, string NodeName, string Type, JsonElement Parameters, int TimeoutSeconds, string RequestedBy,
    DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string Digest, string? Refusal)
{
    internal static ApprovalView Of(CommandRecord command, NodeRecord? node, string digest, string? refusal) => new(
        command.Id, command.NodeId, node?.DisplayName ?? command.NodeId, command.Type, JsonElement.Parse(command.Parameters ?? "{}"), command.TimeoutSeconds,
        command.RequestedBy, command.CreatedAt, command.ApprovalExpiresAt ?? command.CreatedAt, digest, refusal);
}

/// <summary><c>POST /api/approvals/{commandId}/approve</c>.</summary>
/// <param name="Digest">Of the approval as it was seen.</param>
public sealed record ApprovalRequest(string? Digest);

/// <summary><c>POST /api/approvals/{commandId}/reject</c>.</summary>
/// <param name="Reason">Is told to who asked; one line of at most 500 characters.</param>
public sealed record RejectionRequest(string? Reason = null);
