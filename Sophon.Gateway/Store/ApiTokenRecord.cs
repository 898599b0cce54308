namespace Sophon.Gateway.Store;

/// <summary>What the holder of a token, or a person, may do. Each includes those before it.</summary>
public enum GatewayRole
{
    /// <summary>Sees nodes and commands.</summary>
    Viewer,

    /// <summary>Sends commands.</summary>
    Operator,

    /// <summary>Manages nodes and tokens.</summary>
    Administrator,
}

/// <summary>A token for the REST API: <c>{id}.{secret}</c>, of which only the secret's SHA-256 is kept.</summary>
public sealed record ApiTokenRecord
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string SecretHash { get; init; }
    public required GatewayRole Role { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}
