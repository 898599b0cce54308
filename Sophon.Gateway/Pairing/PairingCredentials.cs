using System.Security.Cryptography;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Pairing;

/// <summary>Makes what the register dialog shows.</summary>
static class PairingCredentials
{
    const string CodeLetters = "BCDFGHJKLMNPQRSTVWXZ";
    const string IdCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>10 characters, safe in a URL and on a command line, without a dot.</summary>
    public static string NewNodeId() => RandomNumberGenerator.GetString(IdCharacters, 10);

    /// <summary><c>s_</c> and 256 random bits.</summary>
    public static string NewSecret() => "s_" + NodeToken.RandomSecret();

    /// <summary>E.g. <c>BCD-234</c>: three consonants (so no word comes out), three digits. For the eye only.</summary>
    public static string NewCode() =>
        RandomNumberGenerator.GetString(CodeLetters, 3) + "-" + RandomNumberGenerator.GetString("0123456789", 3);

    public static string CommandLine(string gatewayUrl, string nodeId, string secret) =>
        $"sophon-node pair --gateway {gatewayUrl} --node-id {nodeId} --secret {secret}";
}
