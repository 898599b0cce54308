using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sophon.Node.Tests.EndToEnd.Canaries;

/// <summary>A secret that must turn up nowhere, in none of the forms that programs give to texts.</summary>
/// <param name="Kind">What it was used as.</param>
sealed record Canary(string Kind, string Secret)
{
    /// <summary>With characters that each encoding changes.</summary>
    public static Canary New(string kind) => new(kind, $"cnry/+?\"&<{RandomNumberGenerator.GetHexString(14, lowercase: true)}=");

    /// <summary>Each form with its name, as bytes.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Forms { get; } = [.. All(Secret)];

    public override string ToString() => Kind;

    static IEnumerable<(string, byte[])> All(string secret)
    {
        var utf8 = Encoding.UTF8.GetBytes(secret);
        yield return ("raw", utf8);
        yield return ("utf-16le", Encoding.Unicode.GetBytes(secret));
        yield return ("utf-16be", Encoding.BigEndianUnicode.GetBytes(secret));
        yield return ("url", Ascii(Uri.EscapeDataString(secret)));
        yield return ("form", Ascii(System.Net.WebUtility.UrlEncode(secret)));
        yield return ("json", Ascii(JsonEncodedText.Encode(secret).ToString()));
        yield return ("json, relaxed", Encoding.UTF8.GetBytes(JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()));
        yield return ("html", Encoding.UTF8.GetBytes(System.Net.WebUtility.HtmlEncode(secret)));
        yield return ("hex", Ascii(Convert.ToHexStringLower(utf8)));
        yield return ("HEX", Ascii(Convert.ToHexString(utf8)));
        foreach (var (name, bytes) in new[] { ("utf-8", utf8), ("utf-16", Encoding.Unicode.GetBytes(secret)) })
        {
            // Within a longer text it begins at any of three places of the alphabet; what its neighbours touch is cut off.
            for (var shift = 0; shift < 3; shift++)
            {
                var encoded = Convert.ToBase64String([.. new byte[shift], .. bytes]);
                var whole = encoded[(((shift * 4) + 2) / 3)..^4];
                yield return ($"base64 of {name}, shifted {shift}", Ascii(whole));
                yield return ($"base64url of {name}, shifted {shift}", Ascii(whole.Replace('+', '-').Replace('/', '_')));
            }
        }
    }

    static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
