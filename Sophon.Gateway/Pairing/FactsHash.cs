using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Pairing;

/// <summary>Names what an approver saw: code and facts. An approval that carries it can't approve something else.</summary>
static class FactsHash
{
    /// <summary>64 hex digits; null before a machine has claimed the node.</summary>
    public static string? Of(NodeRecord node) => node.Facts is { } facts
        ? NodeToken.HashOf(string.Join('\0',
            node.PairingCode, node.ClaimHash, facts.HostName, facts.UserName, facts.Platform, facts.OsDescription, facts.NodeVersion, facts.Address))
        : null;
}
