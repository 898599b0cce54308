using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Protocol.Wire;

/// <summary>Node → Gateway, every 30 s, the first one at once (public; what comes after memoryMb is ours).</summary>
/// <param name="Status">Always <c>online</c>.</param>
/// <param name="Uptime">Seconds since the Node started.</param>
/// <param name="CpuPercent">Of the Node's own process since the last heartbeat; 100 is one core.</param>
/// <param name="MemoryMb">Resident MiB of the Node's own process.</param>
/// <param name="SessionState"><c>active</c>, <c>locked</c> or <c>noDisplay</c>.</param>
/// <param name="QueueDepth">Commands accepted and not yet answered.</param>
/// <param name="AuditHead">The last record of the Node's audit: who keeps it can tell when its tail was cut off. Absent while there is none.</param>
public sealed record Heartbeat(
    string NodeId, string Status, long Uptime, string Platform, string Version, double CpuPercent, double MemoryMb,
    string SessionState = "active", bool Paused = false, int QueueDepth = 0, IReadOnlyList<string>? Capabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuditHead? AuditHead = null);

/// <summary>One point of the audit's chain: it seals every record up to it.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Hash">SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record AuditHead(long Sequence, string Hash);

/// <summary>Node → Gateway (ours): the end of a command. Answered <c>true</c> when the Gateway has stored it.</summary>
/// <param name="Status">A final one.</param>
/// <param name="DurationMs">From the start on the device to its end; 0 when it never started.</param>
public sealed record CommandResult(
    string CommandId,
    string NodeId,
    CommandStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommandError? Error,
    DateTimeOffset StartedAt,
    double DurationMs)
{
    /// <summary>The answer's <c>image</c>, a JPEG file: it travels beside the JSON (<see cref="ImageMessage"/>), or in it as base64 (<see cref="ResultWithImage"/>).</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte>? Image { get; init; }
}

/// <summary>Node → Gateway, the answer to an <see cref="ImageMessage"/>.</summary>
/// <param name="Stored">As <c>CommandResult</c> answers: forget it, or send it again.</param>
public sealed record ImageStored(string CommandId, bool Stored);

/// <summary>Node → Gateway (ours): live output of <c>system.execute</c>; the result holds all of it again.</summary>
/// <param name="Sequence">0, 1, 2 … over both streams of one command.</param>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
public sealed record CommandOutput(string CommandId, int Sequence, string Stream, string Text);

/// <summary>Node → Gateway (ours): the person at the desktop is, or will be, asked about a command; its timeout counts from their answer.</summary>
/// <param name="AnswerWithinSeconds">The Node will have an answer by then, counted from now: the person's, or a denial.</param>
public sealed record CommandAwaitingConsent(string CommandId, int AnswerWithinSeconds);

/// <summary>What <see cref="WireNames.AuditHeadPath"/> answers.</summary>
/// <param name="SeenAt">When a heartbeat brought it.</param>
/// <param name="CutAt">A later heartbeat's audit ended before it, or held another record in its place; absent while that has not happened.</param>
public sealed record KeptAuditHead(
    long Sequence, string Hash, DateTimeOffset SeenAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CutAt = null);

/// <summary>Gateway → Node (public name).</summary>
/// <param name="Type">A name of the catalogue.</param>
/// <param name="TimeoutSeconds">1–120; counted by the Node from receipt, on a monotonic clock.</param>
/// <param name="IssuedAt">For people and logs; never used for a deadline.</param>
public sealed record ExecuteCommand(string CommandId, string Type, JsonElement Parameters, int TimeoutSeconds, DateTimeOffset IssuedAt);

/// <summary>Gateway → Node (ours).</summary>
public sealed record CancelCommand(string CommandId);

/// <summary>Gateway → Node (ours), after connect and at each change: the whole set.</summary>
public sealed record UpdateScopes(IReadOnlyList<string> Scopes);

/// <summary>Gateway → Node (ours): somebody watches the screen. The Node connects to <see cref="WireNames.LivePath"/> and sends frames.</summary>
/// <param name="ViewId">Names this view; the Node gives it back in the query as <c>view</c>.</param>
public sealed record StartLiveView(string ViewId);

/// <summary>Gateway → Node (ours): nobody watches any more.</summary>
public sealed record StopLiveView(string ViewId);

/// <summary>Gateway → Node (ours): the token is void. The Node cancels what runs and deletes it.</summary>
public sealed record Revoke(string Reason);

/// <summary>Gateway → Node (ours), before the Gateway closes the socket.</summary>
/// <param name="Reason">One of <see cref="DisconnectReasons"/>.</param>
public sealed record Disconnecting(string Reason);
