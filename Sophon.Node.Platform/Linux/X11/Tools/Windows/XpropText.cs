using System.Globalization;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Reads what <c>xprop -notype</c> prints: <c>NAME = value</c>, <c>NAME: # of …</c>, or <c>NAME:  not found.</c></summary>
/// <remarks>
/// The value of each property is the first line that starts with its name. A title may hold line breaks and anything after them,
/// so titles are asked for last: what they pretend to be was read before.
/// </remarks>
sealed class XpropText(string text)
{
    readonly string[] lines = text.Split('\n');

    /// <summary>What follows <c> = </c>; null when the window has no such property.</summary>
    public string? Value(string property)
    {
        var line = Array.Find(lines, line => line.StartsWith(property, StringComparison.Ordinal) && line.AsSpan(property.Length).IndexOfAny(' ', ':') == 0);
        var separator = line?.IndexOf('=', property.Length) ?? -1;
        return separator < 0 ? null : line![(separator + 1)..].Trim();
    }

    public int? Number(string property) =>
        int.TryParse(Value(property), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IReadOnlyList<int> Numbers(string property) =>
        [.. Items(property).Select(item => int.TryParse(item, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    /// <summary>Comma-separated items: atoms.</summary>
    public IReadOnlyList<string> Items(string property) =>
        Value(property)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Window ids after <c>window id # </c>.</summary>
    public IReadOnlyList<uint> WindowIds(string property)
    {
        var line = Array.Find(lines, line => line.StartsWith(property + ":", StringComparison.Ordinal));
        var start = line?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        return start < 0
            ? []
            : [.. line![(start + 1)..].Split(',', StringSplitOptions.TrimEntries).Select(WindowId.Parse).OfType<uint>()];
    }

    /// <summary>The whole text between the first and the last quotation mark: xprop does not escape those inside a title.</summary>
    public string? Title(string property) =>
        Value(property) is ['"', .., '"'] quoted ? quoted[1..^1] : null;

    /// <summary>The two parts of WM_CLASS, instance and class.</summary>
    public IReadOnlyList<string> QuotedItems(string property) => Title(property)?.Split("\", \"") ?? [];

    /// <summary>The state of WM_STATE, which xprop prints on a line of its own.</summary>
    public bool IsIconic => Array.Exists(lines, line => line.Trim() == "window state: Iconic");
}
