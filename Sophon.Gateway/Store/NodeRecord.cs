namespace Sophon.Gateway.Store;

/// <summary>How far a Node's registration has come; what people see is <see cref="Nodes.NodeState"/>.</summary>
public enum NodeStage
{
    /// <summary>A pairing secret was made; nobody has presented it.</summary>
    Waiting,

    /// <summary>A machine presented the secret and polls for its approval.</summary>
    Pending,

    /// <summary>Approved; the token may be fetched, and fetched again after a lost answer.</summary>
    Approved,

    /// <summary>The token was used on the hub: the pairing is over for good.</summary>
    Active,

    Rejected,
    Revoked,
}

/// <summary>What a machine says of itself when it polls for its approval; shown to the approver beside the code.</summary>
public sealed record ClaimFacts
{
    public string? HostName { get; init; }
    public string? UserName { get; init; }
    public string? Platform { get; init; }
    public string? OsDescription { get; init; }
    public string? NodeVersion { get; init; }

    /// <summary>The address that the poll came from.</summary>
    public required string Address { get; init; }
}

/// <summary>The last record of a Node's audit that a heartbeat told of. It seals all before it.</summary>
public sealed record KeptHead
{
    public required long Sequence { get; init; }
    public required string Hash { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>A registered Node. Immutable: <see cref="Nodes.NodeDirectory"/> replaces it.</summary>
public sealed record NodeRecord
{
    public required string Id { get; init; }
    public required string DisplayName { get; init; }

    /// <summary><c>windows</c>, <c>macos</c> or <c>linux</c>, as registered.</summary>
    public required string Platform { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required NodeStage Stage { get; init; }

    /// <summary>SHA-256 of the pairing secret that counts now.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Hashes of the secrets before it, the newest last.</summary>
    public List<string> SupersededHashes { get; init; } = [];

    /// <summary>Too many wrong tries: even the right secret is refused until a new one is made.</summary>
    public bool SecretDead { get; init; }

    /// <summary>Wrong secrets that were presented for this one.</summary>
    public int WrongSecrets { get; init; }

    public required string PairingCode { get; init; }
    public required DateTimeOffset SecretExpiresAt { get; init; }

    /// <summary>SHA-256 of the claimant's nonce; empty for a claimant without one, null before the first poll.</summary>
    public string? ClaimHash { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }
    public ClaimFacts? Facts { get; init; }

    /// <summary>Polls with the right secret from somebody else than the first claimant.</summary>
    public int OtherClaims { get; init; }

    public DateTimeOffset? OtherClaimAt { get; init; }
    public string? OtherClaimAddress { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }
    public string? RejectReason { get; init; }

    /// <summary>SHA-256 of the token's secret. It stays after a revocation, so that its holder can be told why.</summary>
    public string? TokenHash { get; init; }

    public List<string> Scopes { get; init; } = [];
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The furthest that was seen; see <see cref="Hub.AuditHeads"/>.</summary>
    public KeptHead? AuditHead { get; init; }

    /// <summary>When a heartbeat's audit ended before <see cref="AuditHead"/>, or held another record in its place.</summary>
    public DateTimeOffset? AuditCutAt { get; init; }

    /// <summary>Where it ended then.</summary>
    public long? AuditCutTo { get; init; }


    /// <summary>From the heartbeat, else from the pairing.</summary>
    public string? Version { get; init; }
}
