namespace Sophon.Gateway.Store;

/// <summary>What the holder of a token, or a person, may do. Each includes those before it.</summary>
public enum GatewayRole
{
    /// <summary>Sees nodes and commands.</summary>
    Viewer,

    /// <summary>Sends commands, and approves those that need it.</summary>
    Operator,

    /// <summary>Manages nodes, users and tokens.</summary>
    Administrator,
}

/// <summary>A token for the REST API: <c>{id}.{secret}</c>, of which only the secret's SHA-256 is kept.</summary>
public sealed record ApiTokenRecord
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string SecretHash { get; init; }
    public required GatewayRole Role { get; init; }

    /// <summary>The only nodes that it reaches; empty: all of them.</summary>
    public List<string> Nodes { get; init; } = [];

    /// <summary>Its commands wait for no person's approval at the Gateway; those that the Node asks for are needed all the same.</summary>
    public bool PreApproved { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public string? CreatedBy { get; init; }

    /// <summary>Null: it counts until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
