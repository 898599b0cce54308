namespace Sophon.Node.Actors.GatewayConnection.Hub;

/// <summary>What <see cref="HubActor"/> tells its parent.</summary>
public static class HubActorMessages
{
    /// <param name="ClockDifference">Our clock minus the Gateway's; null when that is not known.</param>
    public sealed record HubStarted(TimeSpan? ClockDifference);

    /// <summary>It never came up, or it closed. The hub stops itself after it.</summary>
    /// <param name="RefusedReason">One of <see cref="Protocol.Wire.DisconnectReasons"/> when the Gateway gave one; else null.</param>
    public sealed record HubEnded(string Message, string? RefusedReason);

    /// <summary>The Gateway voided the token.</summary>
    public sealed record HubRevoked(string Reason);

    /// <summary>The scopes that the Gateway sent last, so that a restarted router can have them.</summary>
    public sealed record ScopesReceived(IReadOnlyList<string> Scopes);
}
