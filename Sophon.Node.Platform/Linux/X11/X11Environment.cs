namespace Sophon.Node.Platform.Linux.X11;

/// <summary>Which X display, and how it lets us in.</summary>
/// <param name="Display">As <c>DISPLAY</c>, e.g. <c>:0</c>; null when there is none.</param>
/// <param name="XAuthority">The cookie file; null: <c>~/.Xauthority</c>.</param>
/// <param name="SessionBus">The session's D-Bus address, for notifications; null: the Node's own.</param>
public sealed record X11Environment(string? Display, string? XAuthority, string? SessionBus = null)
{
    /// <summary>From the Node's own DISPLAY and XAUTHORITY.</summary>
    public static X11Environment FromProcess() =>
        new(NullIfEmpty(Environment.GetEnvironmentVariable("DISPLAY")), NullIfEmpty(Environment.GetEnvironmentVariable("XAUTHORITY")));

    /// <summary>The variables that helpers and launched applications get.</summary>
    public IReadOnlyDictionary<string, string?> Variables
    {
        get
        {
            var variables = new Dictionary<string, string?> { ["DISPLAY"] = Display, ["XAUTHORITY"] = XAuthority };
            if (SessionBus is not null) variables["DBUS_SESSION_BUS_ADDRESS"] = SessionBus;
            return variables;
        }
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
