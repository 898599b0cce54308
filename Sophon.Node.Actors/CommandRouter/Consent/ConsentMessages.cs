using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Consent;

/// <summary>Between the router and <see cref="ConsentActor"/>.</summary>
public static class ConsentMessages
{
    /// <summary>Put the question on the screen. One at a time.</summary>
    public sealed record Ask(AdmittedCommand Command, ConsentQuestion Question);

    /// <summary>Take it off again. Ignored for another one.</summary>
    public sealed record Withdraw(string CommandId);

    /// <summary>To the router: exactly one per <see cref="Ask"/>, when nothing is on the screen any more.</summary>
    /// <param name="Why">In words, where nobody could be asked.</param>
    public sealed record Answered(string CommandId, ConsentOutcome Outcome, string? Why);
}

public enum ConsentOutcome
{
    Once,
    ForTenMinutes,
    Denied,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>The router took the question back.</summary>
    Withdrawn,

    /// <summary>Nobody can be asked here.</summary>
    Unavailable,
}
