using Akka.Actor;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.GatewayConnection;

/// <summary>What <see cref="GatewayConnectionActor"/> takes and tells.</summary>
public static class GatewayConnectionMessages
{
    /// <summary>Connect, and stay connected. Ignored for the identity that is in use already.</summary>
    public sealed record Connect(NodeIdentity Identity);

    /// <summary>Drop the connection and make a new one: it counts as up but nothing is acknowledged.</summary>
    public sealed record RestartConnection(string Reason);

    /// <summary>Close for good. Answered with <see cref="Closed"/>.</summary>
    public sealed record Close;

    /// <summary>The connection is closed for good.</summary>
    public sealed record Closed;

    /// <summary>Tell <paramref name="Subscriber"/> how the connection stands, as after an opening; for one that was restarted.</summary>
    public sealed record ReportTo(IActorRef Subscriber);

    /// <summary>To the router, before anything can come over the connection.</summary>
    public sealed record ConnectionStarting(NodeIdentity Identity);

    /// <summary>To router and heartbeat. The sender is the connection.</summary>
    public sealed record ConnectionOpened(NodeIdentity Identity);

    /// <summary>To router and heartbeat.</summary>
    public sealed record ConnectionClosed(string Reason);

    /// <summary>Answered with <see cref="ResultAcknowledged"/> or <see cref="ResultNotStored"/>; dropped without a word while there is no connection.</summary>
    public sealed record SendResult(CommandResult Result);

    public sealed record ResultAcknowledged(string CommandId);

    /// <summary>The Gateway answered false, or the call failed.</summary>
    public sealed record ResultNotStored(string CommandId, string Reason);

    /// <summary>Live output; dropped while there is no connection.</summary>
    public sealed record SendOutput(CommandOutput Output);

    /// <summary>A person is, or will be, asked about a command; dropped while there is no connection.</summary>
    public sealed record SendAwaitingConsent(CommandAwaitingConsent Waiting);

    /// <summary>Answered with <see cref="HeartbeatTaken"/> when the Gateway has taken it.</summary>
    public sealed record SendHeartbeat(Heartbeat Heartbeat);

    /// <summary>The call failed; the connection may still look alive.</summary>
    public sealed record HeartbeatFailed(string Reason);

    /// <param name="RoundTrip">From the call to the Gateway's completion.</param>
    public sealed record HeartbeatTaken(TimeSpan RoundTrip);
}
