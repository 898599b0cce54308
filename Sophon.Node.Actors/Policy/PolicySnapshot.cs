using Sophon.Node.Actors.Policy.Grants;

namespace Sophon.Node.Actors.Policy;

/// <summary>Policy, grants and pause as they stood at one look; never changes.</summary>
/// <param name="Fault">Why the policy can't be used: then everything is denied. Null when it can.</param>
/// <param name="Pause">Null when the Node is not paused.</param>
public sealed record PolicySnapshot(NodePolicy Policy, IReadOnlyList<Grant> Grants, Pause? Pause, string? Fault)
{
    /// <summary>SHA-256 over the two files as they stood, for the audit.</summary>
    public string Sha256 { get; init; } = "";
}

/// <param name="Since">Wall clock.</param>
/// <param name="By">The user who paused it.</param>
public sealed record Pause(DateTimeOffset Since, string By);

/// <summary>Where policy, grants and pause come from. Safe to call from several threads.</summary>
public interface IPolicySource
{
    /// <summary>As of the last look.</summary>
    PolicySnapshot Current { get; }

    /// <summary>Both clocks now.</summary>
    MachineClock Clock { get; }

    /// <summary>Looks for changes; the same instance as before when there are none. Never throws: what can't be used is the snapshot's fault.</summary>
    PolicySnapshot Look();

    /// <summary>Stores a grant, so that it outlives the Node; in force from here.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written.</exception>
    void Add(Grant grant);
}
