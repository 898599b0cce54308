using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>GNOME and KDE give no program the others' windows, and no portal does.</summary>
sealed class PortalWindows : IWindows
{
    const string Reason =
        "GNOME and KDE on Wayland let no program list or move another one's windows. Use keys (super, alt+tab), or log in to an X11 session (GNOME on Xorg, Plasma (X11)) or sway.";

    public Task<IReadOnlyList<WindowInfo>> ListAsync(CancellationToken cancellationToken) => throw new UnsupportedException(Reason);

    public Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken) => throw new UnsupportedException(Reason);

    public Task MinimizeAsync(string id, CancellationToken cancellationToken) => throw new UnsupportedException(Reason);

    public Task MaximizeAsync(string id, CancellationToken cancellationToken) => throw new UnsupportedException(Reason);

    public Task FocusAsync(string id, CancellationToken cancellationToken) => throw new UnsupportedException(Reason);

    public Task CloseAsync(string id, CancellationToken cancellationToken) => throw new UnsupportedException(Reason);
}
