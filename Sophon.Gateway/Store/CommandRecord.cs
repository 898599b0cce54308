using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Store;

/// <summary>Who decided a command's final status.</summary>
public enum Settler
{
    Node,

    /// <summary>The Gateway, for want of an answer: the Node's own result replaces it when it comes after all.</summary>
    Gateway,
}

/// <summary>A command that was accepted for a Node. Immutable: each step replaces it.</summary>
public sealed record CommandRecord
{
    public required string Id { get; init; }
    public required string NodeId { get; init; }
    public required string Type { get; init; }

    /// <summary>JSON; null once a command that holds typed or copied text is over.</summary>
    public string? Parameters { get; init; }

    /// <summary>Keyed digest of what was asked, to tell a repetition from a reused id.</summary>
    public required string RequestDigest { get; init; }

    public required int TimeoutSeconds { get; init; }

    /// <summary>The caller's name, for people.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The caller's id; see <see cref="Accounts.Caller"/>.</summary>
    public string? RequestedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when a person may approve it; null for a command that needs no approval.</summary>
    public DateTimeOffset? ApprovalExpiresAt { get; init; }

    /// <summary>Who approved or rejected it.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>From when its timeout counts: <see cref="CreatedAt"/>, or its approval.</summary>
    public DateTimeOffset ReleasedAt => DecidedAt ?? CreatedAt;

    /// <summary>In the store never <c>queued</c>: after a restart nobody can tell whether it was sent.</summary>
    public required CommandStatus Status { get; init; }

    /// <summary>JSON.</summary>
    public string? Result { get; init; }

    /// <summary>The result's <c>image</c>, where it came as bytes and is not in <see cref="Result"/>. In memory only.</summary>
    public ReadOnlyMemory<byte>? Image { get; init; }

    /// <summary>Size of the result as it came, in UTF-8 bytes; it outlives the result.</summary>
    public int ResultBytes { get; init; }

    /// <summary>The result was delivered and then dropped.</summary>
    public bool ResultDropped { get; init; }

    public ErrorCode? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }

    /// <summary>JSON.</summary>
    public string? ErrorDetail { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public double? DurationMs { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public Settler? SettledBy { get; init; }

    /// <summary>The Node's result came after the Gateway had given up on it.</summary>
    public bool Late { get; init; }
}
