using System.Text;
using System.Text.Json;

namespace Sophon.Node.Settings;

/// <summary>A value as <see cref="HoconOutline"/> has found it: one text, or a list of texts.</summary>
/// <param name="Items">One when it is no list.</param>
sealed record HoconValue(bool IsList, IReadOnlyList<string> Items)
{
    const string Triple = "\"\"\"";

    /// <returns>Null when it is something else: a list within a list, a block, pieces side by side.</returns>
    public static HoconValue? Parse(string written)
    {
        var isList = written.StartsWith('[');
        if (isList && !written.EndsWith(']')) return null;
        var items = new List<string>();
        for (var rest = isList ? written.AsSpan()[1..^1] : written; !(rest = SkipSeparators(rest, isList)).IsEmpty;)
        {
            if (Read(ref rest, isList) is not { } item) return null;
            items.Add(item);

            // Pieces side by side would be one text in HOCON; here they are a forgotten comma more often.
            rest = rest.TrimStart(" \t");
            if (!rest.IsEmpty && !(isList && rest[0] is ',' or '\n' or '#')) return null;
        }

        return isList || items.Count == 1 ? new(isList, items) : null;
    }

    static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text, bool isList)
    {
        while (!text.IsEmpty)
        {
            if (char.IsWhiteSpace(text[0]) || (isList && text[0] == ',')) text = text[1..];
            else if (isList && text[0] == '#') text = text.IndexOf('\n') is >= 0 and var end ? text[end..] : [];
            else break;
        }

        return text;
    }

    static string? Read(ref ReadOnlySpan<char> text, bool isList)
    {
        if (text.StartsWith(Triple)) return Take(ref text, text[3..].IndexOf(Triple) is >= 0 and var end ? end + 6 : -1)?[3..^3];
        if (text[0] == '"') return Take(ref text, EndOfQuoted(text)) is { } quoted ? Unescape(quoted) : null;
        var length = isList ? text.IndexOfAny(",\n#") : text.Length;
        var bare = Take(ref text, length < 0 ? text.Length : length)!.Trim();
        return bare.AsSpan().IndexOfAny("[]{}\"") >= 0 ? null : bare;
    }

    static string? Take(ref ReadOnlySpan<char> text, int length)
    {
        if (length < 0) return null;
        var taken = text[..length].ToString();
        text = text[length..];
        return taken;
    }

    static int EndOfQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return -1;
    }

    static string? Unescape(string quoted)
    {
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(quoted));
            return json.Read() ? json.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
