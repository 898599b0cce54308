namespace Sophon.Node.Platform.Linux.Wayland.Session;

/// <summary>What kind of compositor answers, and why it is taken for that.</summary>
/// <param name="Kind">Which way to drive it.</param>
/// <param name="Reason">For people: what told it.</param>
/// <param name="MissingProtocols">Protocols of the native backend that it does not offer.</param>
public sealed record CompositorFacts(CompositorKind Kind, string Reason, IReadOnlyList<string> MissingProtocols)
{
    static readonly string[] NativeProtocols =
    [
        "zwlr_screencopy_manager_v1", "zwlr_virtual_pointer_manager_v1", "zwp_virtual_keyboard_manager_v1", "zxdg_output_manager_v1",
    ];

    /// <summary>Decides by what the compositor offers; by <c>XDG_CURRENT_DESKTOP</c> where that leaves it open.</summary>
    /// <param name="globals">The interfaces in its registry.</param>
    /// <param name="currentDesktop">Names separated by colons, or null.</param>
    /// <param name="hasSwaySocket">A sway IPC socket belongs to its process.</param>
    public static CompositorFacts Classify(IReadOnlyCollection<string> globals, string? currentDesktop, bool hasSwaySocket)
    {
        var missing = NativeProtocols.Except(globals).ToList();
        var (kind, reason) = (missing, currentDesktop) switch
        {
            ([], _) when hasSwaySocket => (CompositorKind.Sway, "it offers wlroots' protocols and sway's IPC"),
            ([], _) => (CompositorKind.Wlroots, "it offers wlroots' protocols"),
            _ when globals.Any(name => name.StartsWith("gtk_shell", StringComparison.Ordinal)) => (CompositorKind.Gnome, "it offers gtk_shell1, which is Mutter's"),
            _ when globals.Any(name => name.StartsWith("org_kde_plasma", StringComparison.Ordinal)) => (CompositorKind.Kde, "it offers Plasma's protocols"),
            (_, { } desktop) when DesktopKind(desktop) is { } named => (named, $"XDG_CURRENT_DESKTOP is {desktop}"),
            _ => (CompositorKind.Other, $"it lacks {string.Join(", ", missing)}"),
        };
        return new CompositorFacts(kind, reason, missing);
    }

    /// <summary>What <c>XDG_CURRENT_DESKTOP</c> alone says, for a session whose compositor does not answer yet; null when it says nothing.</summary>
    public static CompositorKind? DesktopKind(string? currentDesktop)
    {
        var names = (currentDesktop ?? "").Split(':');
        return Names("sway") ? CompositorKind.Sway
            : Names("GNOME") || Names("Unity") ? CompositorKind.Gnome
            : Names("KDE") ? CompositorKind.Kde
            : null;

        bool Names(string desktop) => names.Contains(desktop, StringComparer.OrdinalIgnoreCase);
    }
}
