using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sophon.Node.Actors.Policy;

/// <summary>Text of a stranger's as a person can judge it: one line, nothing invisible, nothing that turns the direction of reading.</summary>
public static class ShownText
{
    const int ShortLength = 80;

    /// <summary>Escaped, at most 80 characters: for messages and logs.</summary>
    public static string Short(string text) => Escape(text.Length > ShortLength ? text[..ShortLength] + "…" : text);

    /// <summary>Quoted and escaped. A longer text shows its head and its end, its length, and the SHA-256 of its UTF-8.</summary>
    /// <param name="longest">UTF-16 units up to which it is shown whole.</param>
    public static string Quote(string text, int longest)
    {
        if (text.Length <= longest) return $"\"{Escape(text)}\"";
        var (head, end) = (longest * 2 / 3, longest / 3);
        return $"\"{Escape(text[..head])} … {Escape(text[^end..])}\" ({Measure(text)})";
    }

    /// <summary>Length and hash, none of the text.</summary>
    public static string Measure(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length:N0} characters, SHA-256 {Hash(text)}");

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ when IsInvisible(rune) => $"\\u{{{rune.Value:X}}}",
                _ => rune.ToString(),
            });
        }

        return shown.ToString();
    }

    // Format characters turn the direction of reading (U+202E) or hide (U+200B); other spaces look like the one that separates words.
    static bool IsInvisible(Rune rune) => rune.Value != ' ' && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
