using Sophon.Gateway.Pairing;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Dashboard.Settings.Devices.Pairing;

/// <summary>Pairing credentials with their secret, as one page shows them once.</summary>
/// <param name="Command">Ready to paste on the machine.</param>
public sealed record ShownCredentials(string NodeId, string Code, DateTimeOffset ExpiresAt, string Command, string SecretHash)
{
    internal static ShownCredentials Of(NodeRecord node, string secret, string gatewayUrl) => new(
        node.Id, node.PairingCode, node.SecretExpiresAt, PairingCredentials.CommandLine(gatewayUrl, node.Id, secret), NodeToken.HashOf(secret));

    /// <summary>False once others were made in their place.</summary>
    internal bool AreOf(NodeRecord node) => node.SecretHash == SecretHash;
}

/// <summary>Hands credentials from the page that made them to the next one of the same browser, once.</summary>
sealed class FreshCredentials
{
    ShownCredentials? fresh;

    public void Put(ShownCredentials credentials) => fresh = credentials;

    /// <returns>Null when there are none, or those of another node: they are gone then.</returns>
    public ShownCredentials? Take(string nodeId)
    {
        var taken = fresh;
        fresh = null;
        return taken?.NodeId == nodeId ? taken : null;
    }
}
