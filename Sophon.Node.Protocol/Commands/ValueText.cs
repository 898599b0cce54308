using System.Text.Json;

namespace Sophon.Node.Protocol.Commands;

/// <summary>How a rejected value is shown in an error message: short, on one line.</summary>
static class ValueText
{
    const int Longest = 60;

    public static string Of(JsonElement json) => Shorten(json.GetRawText());

    public static string KindOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => $"a string of {json.GetRawText().Length - 2} characters",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    public static string Shorten(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '·' : c).Take(Longest));
        return text.Length > Longest ? line + "…" : line;
    }
}
