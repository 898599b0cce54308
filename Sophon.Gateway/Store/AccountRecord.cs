namespace Sophon.Gateway.Store;

/// <summary>A person who may sign in. Immutable: each change replaces it.</summary>
public sealed record AccountRecord
{
    public required string Id { get; init; }

    /// <summary>What the person signs in with; lower case, unique.</summary>
    public required string Name { get; init; }

    /// <summary>How others see them.</summary>
    public required string DisplayName { get; init; }

    public required GatewayRole Role { get; init; }

    /// <summary>As ASP.NET Core's PasswordHasher makes it.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Part of every session; a new one ends all sessions that have the old one.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Can't sign in; what was signed in is over.</summary>
    public bool Disabled { get; init; }

    /// <summary>Wrong passwords in a row.</summary>
    public int FailedLogins { get; init; }

    /// <summary>Until then even the right password is refused.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastLoginAt { get; init; }
}

/// <summary>The one-time code with which the first administrator sets up their account. There is at most one.</summary>
public sealed record SetupCodeRecord
{
    /// <summary>The only row.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>SHA-256 of the code.</summary>
    public required string CodeHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
