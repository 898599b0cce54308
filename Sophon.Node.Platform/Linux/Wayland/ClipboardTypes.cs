namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>The names under which text travels over a Wayland clipboard.</summary>
static class ClipboardTypes
{
    /// <summary>What we offer: the proper name first, then what older programs and Xwayland ask for.</summary>
    public static readonly IReadOnlyList<string> Text = ["text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "TEXT", "STRING"];

    /// <summary>The best of what an owner offers; null when it has no text (an image).</summary>
    public static string? Choose(IEnumerable<string> offered)
    {
        var all = offered.ToList();
        return Text.Select(wanted => all.Find(type => string.Equals(type, wanted, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(type => type is not null);
    }
}
