using System.Text.RegularExpressions;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Logging;

/// <summary>Takes secrets out of text before it is logged: the ones it was told of, and what looks like one.</summary>
sealed partial class SecretRedactor
{
    const string Replacement = "[redacted]";

    readonly Lock changing = new();
    volatile string[] known = [];

    /// <summary>Short ones are not taken: replacing them would garble every log line and protect nothing.</summary>
    const int ShortestSecret = 8;

    public void Add(NodeToken token) => Add(token.Secret);

    public void Add(string secret)
    {
        if (secret.Length < ShortestSecret) return;
        lock (changing)
        {
            // As it is, as a URL holds it, and as JSON escapes it.
            string[] forms = [secret, Uri.EscapeDataString(secret), System.Text.Json.JsonEncodedText.Encode(secret).ToString()];
            known = [.. known.Union(forms, StringComparer.Ordinal)];
        }
    }

    /// <summary>The same instance when there is nothing to hide.</summary>
    public string Redact(string text)
    {
        foreach (var secret in known) text = text.Replace(secret, Replacement, StringComparison.Ordinal);
        return LooksSecret().Replace(text, "$1" + Replacement);
    }

    [GeneratedRegex(@"(access_token=|\bBearer\s+)(?!\[redacted\])[^\s&""'\]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksSecret();
}
