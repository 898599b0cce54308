namespace Sophon.Gateway.Store;

/// <summary>What was done.</summary>
public enum AuditAction
{
    GatewayStarted,
    Setup,
    Login,
    LoginFailed,
    UserLocked,
    SignedOutEverywhere,
    UserAdded,
    UserChanged,
    UserRemoved,
    PasswordChanged,
    TokenCreated,
    TokenRevoked,
    NodeRegistered,
    NodeRegenerated,
    NodeApproved,
    NodeRejected,
    NodeRenamed,
    NodeScopesChanged,
    NodeRevoked,
    NodeDeleted,
    NodeAuditCut,
    NodeAuditForgotten,
    CommandAsked,
    CommandApproved,
    CommandRejected,
    CommandCancelled,
    CommandFinished,
    LiveViewStarted,
    LiveViewEnded,
}

/// <summary>Who did what to which node and when. Nothing changes one; only the retention removes the oldest.</summary>
public sealed record AuditRecord
{
    /// <summary>Counts up in the order of writing.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The caller's id; see <see cref="Accounts.Caller"/>. Who failed to sign in has none.</summary>
    public string? ActorId { get; init; }

    /// <summary>The user's or the token's name.</summary>
    public required string Actor { get; init; }

    public required AuditAction Action { get; init; }
    public string? NodeId { get; init; }

    /// <summary>As it was called then.</summary>
    public string? NodeName { get; init; }

    public string? CommandId { get; init; }

    /// <summary>What exactly, in a few words; never a secret, never what was typed or copied.</summary>
    public string? Detail { get; init; }

    /// <summary>Where a login came from.</summary>
    public string? Address { get; init; }
}
