using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sophon.Node.Protocol.Pairing;

/// <summary>What a Node authenticates with: <c>{nodeId}.{secret}</c> (public). <see cref="ToString"/> never shows the secret.</summary>
public sealed record NodeToken(string NodeId, string Secret)
{
    /// <summary>What <c>status</c> and logs may show.</summary>
    public string Prefix => $"{NodeId}.{Secret[..Math.Min(4, Secret.Length / 4)]}…";

    /// <summary>As it travels and as config.json keeps it.</summary>
    public string Reveal() => $"{NodeId}.{Secret}";

    /// <summary>A token for <paramref name="nodeId"/> with 256 random bits.</summary>
    public static NodeToken Create(string nodeId) => new(nodeId, RandomSecret());

    /// <summary>256 random bits in base64url.</summary>
    public static string RandomSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of a secret's UTF-8 bytes in lower-case hex: all that the Gateway keeps.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(string secret, string storedHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(storedHash));

    public static bool TryParse(string? text, [NotNullWhen(true)] out NodeToken? token)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        var valid = text is not null && dot > 0 && dot < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > 126);
        token = valid ? new NodeToken(text![..dot], text[(dot + 1)..]) : null;
        return valid;
    }

    public override string ToString() => Prefix;
}
