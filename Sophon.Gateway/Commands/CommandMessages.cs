using System.Text.Json;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Commands;

/// <summary><c>POST /api/nodes/{nodeId}/commands</c>.</summary>
/// <param name="Type">A command's name, e.g. <c>screen.capture</c>; <c>GET /api/commands</c> lists them.</param>
/// <param name="Parameters">The command's parameters; may be left out where it has none that are required.</param>
/// <param name="TimeoutSeconds">1–120; the command's default when absent. Counted by the Node from receipt.</param>
/// <param name="CommandId">1–100 letters, digits and <c>. _ : -</c>. Repeating a request with its id never runs it twice.</param>
public sealed record CommandRequest(string Type, JsonElement? Parameters = null, int? TimeoutSeconds = null, string? CommandId = null);

/// <summary>A command as it stands.</summary>
/// <param name="Status"><c>queued</c>, <c>awaitingApproval</c>, <c>running</c>, or a final one: <c>succeeded</c>, <c>failed</c>, <c>denied</c>, <c>timedOut</c>, <c>cancelled</c>, <c>unknown</c>.</param>
/// <param name="Result">What the command answers; see the catalogue.</param>
/// <param name="ResultBytes">Size of the result as it came; 0 without one.</param>
/// <param name="ResultDropped">There was a result; it was delivered and is not kept.</param>
/// <param name="StartedAt">By the Node's clock.</param>
/// <param name="DurationMs">On the Node, from the start on the device to its end.</param>
/// <param name="SettledBy">Who decided the final status. <c>gateway</c>: the Node has not answered; its own result replaces this one when it comes.</param>
/// <param name="Late">The Node's result came after the Gateway had given up.</param>
/// <param name="ApprovalExpiresAt">Present for a command that a person has to approve: until when.</param>
/// <param name="DecidedBy">Who approved or rejected it.</param>
public sealed record CommandView(
    string CommandId, string NodeId, string Type, CommandStatus Status, JsonElement? Result, int ResultBytes, bool ResultDropped, CommandError? Error,
    int TimeoutSeconds, string RequestedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, double? DurationMs, DateTimeOffset? CompletedAt,
    Settler? SettledBy, bool Late, DateTimeOffset? ApprovalExpiresAt, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    internal static CommandView Of(CommandRecord record, bool withResult = true) => new(
        record.Id,
        record.NodeId,
        record.Type,
        record.Status,
        withResult ? ResultImages.Element(record) : null,
        record.ResultBytes,
        record.ResultDropped,
        record.ErrorCode is { } code ? new CommandError(code, record.ErrorMessage ?? "", record.ErrorDetail is { } detail ? JsonElement.Parse(detail) : null) : null,
        record.TimeoutSeconds,
        record.RequestedBy,
        record.CreatedAt,
        record.StartedAt,
        record.DurationMs,
        record.CompletedAt,
        record.SettledBy,
        record.Late,
        record.ApprovalExpiresAt,
        record.DecidedBy,
        record.DecidedAt);
}

/// <summary>One page of a node's history, the newest command first, without results.</summary>
/// <param name="Next">Give it as <c>before</c> to get the next page; absent on the last one.</param>
public sealed record CommandPage(IReadOnlyList<CommandView> Items, string? Next);

/// <summary>Live output of a running command.</summary>
/// <param name="Last">Give it as <c>after</c> to get only what is new.</param>
/// <param name="Truncated">More came than the Gateway keeps while the command runs; the result has all that the Node kept.</param>
public sealed record CommandOutputView(string CommandId, CommandStatus Status, IReadOnlyList<CommandOutputChunk> Chunks, int Last, bool Truncated);

/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
public sealed record CommandOutputChunk(int Sequence, string Stream, string Text);

/// <summary>One command of the catalogue.</summary>
public sealed record CatalogEntry(
    string Name, string Summary, string Answer, string Scope, Risk Risk, int DefaultTimeoutSeconds, IReadOnlyList<CatalogParameter> Parameters,
    IReadOnlyList<IReadOnlyList<string>>? OneOf)
{
    internal static CatalogEntry Of(CommandDefinition command) => new(
        command.Name, command.Summary, command.Answer, command.Scope, command.Risk, command.DefaultTimeoutSeconds,
        [.. command.Parameters.Select(parameter => new CatalogParameter(
            parameter.Name, parameter.Type, parameter.Help, parameter.Required, parameter.Default, ParameterValidator.Takes(parameter)))],
        command.OneOf);
}

/// <param name="Takes">The type and range in words.</param>
public sealed record CatalogParameter(string Name, ParameterType Type, string Help, bool Required, object? Default, string Takes);
