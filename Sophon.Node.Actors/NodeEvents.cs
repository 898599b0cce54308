using Sophon.Node.Actors.Policy;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Actors;

/// <summary>What the tree publishes on the actor system's event stream, for the console and the state file. Nobody in the tree acts on them.</summary>
public static class NodeEvents
{
    public interface INodeEvent;

    /// <summary>A poll was answered "pending".</summary>
    public sealed record WaitingForApproval(string PairingCode) : INodeEvent;

    /// <summary>The token is stored.</summary>
    public sealed record Paired(NodeIdentity Identity) : INodeEvent;

    /// <summary>Pairing ended without a token.</summary>
    /// <param name="Message">For the person: what happened and the cure.</param>
    public sealed record PairingFailed(PairingFailure Failure, string Message) : INodeEvent;

    /// <summary>The Gateway's clock and ours differ by more than a minute.</summary>
    /// <param name="Difference">Ours minus the Gateway's.</param>
    public sealed record ClockSkewed(TimeSpan Difference) : INodeEvent;

    public sealed record ConnectionAttempted(int Attempt) : INodeEvent;

    public sealed record ConnectedToGateway(NodeIdentity Identity) : INodeEvent;

    /// <summary>The connection ended or could not be made; another attempt follows in <paramref name="RetryIn"/>.</summary>
    public sealed record ConnectionLost(string Reason, TimeSpan RetryIn) : INodeEvent;

    /// <summary>Final: no further attempt.</summary>
    /// <param name="Reason">One of <see cref="Protocol.Wire.DisconnectReasons"/>.</param>
    /// <param name="Message">For the person: what happened and the cure.</param>
    public sealed record ConnectionRefused(string Reason, string Message) : INodeEvent;

    public sealed record HeartbeatAcknowledged(DateTimeOffset At, TimeSpan RoundTrip) : INodeEvent;

    /// <summary>The tree has stopped for good, unasked: the program ends with exit code 70.</summary>
    public sealed record NodeFailed(string Message) : INodeEvent;

    /// <summary>Another policy holds.</summary>
    /// <param name="Fault">Why it can't be used, and everything is denied; null when it can.</param>
    public sealed record PolicyUpdated(string? Fault) : INodeEvent;

    /// <param name="Pause">Null: resumed.</param>
    public sealed record PauseUpdated(Pause? Pause) : INodeEvent;

    /// <summary>A ping went from the top through every branch and back.</summary>
    /// <param name="RoundTrip">From the watchdog's thread until the tree had answered.</param>
    public sealed record TreeResponded(DateTimeOffset At, TimeSpan RoundTrip) : INodeEvent;

    /// <summary>What an earlier life of the process has left.</summary>
    /// <param name="Interrupted">Commands that were open; they are answered <c>unknown</c>.</param>
    /// <param name="Untold">Results that the Gateway has not stored, those included.</param>
    public sealed record JournalRecovered(int Interrupted, int Untold, long DamagedBytes) : INodeEvent;

    /// <param name="Trouble">Why commands are refused, for the person; null when the journal can be written again.</param>
    public sealed record JournalChanged(string? Trouble) : INodeEvent;

    /// <summary>So far: too many or too old, and the Gateway has never stored them.</summary>
    /// <param name="Results">Dropped as a whole.</param>
    /// <param name="Payloads">Lost their answer; their status is kept.</param>
    public sealed record ResultsDropped(int Results, int Payloads) : INodeEvent;

    /// <summary>Another desktop serves, or the one that serves does or does not answer.</summary>
    /// <param name="Desktop">E.g. "Linux X11 (:0), native".</param>
    /// <param name="Reason">Why this one; null where there is no choice.</param>
    public sealed record DesktopChanged(string Desktop, string? Reason) : INodeEvent;

    public sealed record ScopesUpdated(IReadOnlyList<string> Scopes) : INodeEvent;
}

/// <summary>Who this Node is, as config.json keeps it.</summary>
public sealed record NodeIdentity(Uri GatewayUrl, NodeToken Token)
{
    /// <summary>Who the results of this Node's commands belong to. No secret.</summary>
    public string Owner => $"{Token.NodeId} {GatewayUrl}";
}

/// <summary>Why pairing ended without a token.</summary>
public enum PairingFailure
{
    Rejected,
    Expired,

    /// <summary>Unknown node id or wrong secret.</summary>
    Unauthorized,

    /// <summary>Somebody else polls with the same id and secret.</summary>
    ClaimedElsewhere,
    Unreachable,

    /// <summary>The certificate could not be verified.</summary>
    Tls,

    /// <summary>What answered is no Sophon Gateway.</summary>
    NotAGateway,

    /// <summary>The token could not be stored.</summary>
    NotStored,
}
