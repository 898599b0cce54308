namespace Sophon.Node.Actors.Pairing;

/// <summary>What <c>PairingActor</c> takes and tells.</summary>
public static class PairingActorMessages
{
    /// <summary>Begin to poll. Ignored unless nothing is pending.</summary>
    public sealed record StartPairing(Uri GatewayUrl, string NodeId, string PairingSecret)
    {
        public override string ToString() => $"StartPairing {{ {GatewayUrl}, {NodeId} }}";
    }

    /// <summary>Forget the token: the Gateway revoked it. Answered with <see cref="IdentityForgotten"/>.</summary>
    public sealed record ForgetIdentity(string Reason);

    /// <summary>There is no token any more.</summary>
    public sealed record IdentityForgotten;

    /// <summary>To the supervisor, at start when config.json is there, and when pairing ends well.</summary>
    public sealed record IdentityAvailable(NodeIdentity Identity);

    /// <summary>From a connection that was restarted: tell the supervisor again what <see cref="IdentityAvailable"/> told.</summary>
    public sealed record IdentityWanted;
}
