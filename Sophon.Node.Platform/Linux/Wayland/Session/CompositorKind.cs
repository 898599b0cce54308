namespace Sophon.Node.Platform.Linux.Wayland.Session;

/// <summary>Which way a Wayland compositor is driven.</summary>
public enum CompositorKind
{
    /// <summary>Built on wlroots, with sway's own IPC besides.</summary>
    Sway,

    /// <summary>Offers wlroots' protocols: labwc, river, wayfire, Hyprland.</summary>
    Wlroots,

    /// <summary>Mutter: only through xdg-desktop-portal.</summary>
    Gnome,

    /// <summary>KWin: only through xdg-desktop-portal.</summary>
    Kde,

    /// <summary>None of these.</summary>
    Other,
}
