namespace Sophon.Node.Platform.Linux.X11;

/// <summary>Which X display, and how it lets us in.</summary>
/// <param name="Display">As <c>DISPLAY</c>, e.g. <c>:0</c>; null when there is none.</param>
/// <param name="XAuthority">The cookie file; null: <c>~/.Xauthority</c>.</param>
public sealed record X11Environment(string? Display, string? XAuthority)
{
    /// <summary>From the Node's own DISPLAY and XAUTHORITY.</summary>
    public static X11Environment FromProcess() =>
        new(NullIfEmpty(Environment.GetEnvironmentVariable("DISPLAY")), NullIfEmpty(Environment.GetEnvironmentVariable("XAUTHORITY")));

    /// <summary>The variables that helpers and launched applications get.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["DISPLAY"] = Display,
        ["XAUTHORITY"] = XAuthority,
    };

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
