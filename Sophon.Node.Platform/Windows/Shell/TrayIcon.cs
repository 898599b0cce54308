using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>
/// The Node in the notification area, for interactive mode: its state, and a menu. The program wires the events; they come
/// on the icon's own thread and must return soon.
/// </summary>
[SupportedOSPlatform("windows")]
public sealed class TrayIcon : IAsyncDisposable
{
    readonly NotificationIcon icon;
    volatile TrayState state = TrayState.Offline;

    internal TrayIcon(NotificationIcon icon)
    {
        this.icon = icon;
        icon.Chosen += OnChosen;
    }

    /// <summary>The person wants no commands carried out until further notice.</summary>
    public event Action? PauseChosen;

    public event Action? ResumeChosen;

    public event Action? OpenDashboardChosen;

    /// <summary>The Node shall end.</summary>
    public event Action? QuitChosen;

    /// <summary>Shows the icon, or what has changed.</summary>
    /// <param name="now">Decides the colour, and whether the menu offers to pause or to resume.</param>
    /// <param name="description">For the tooltip, up to 127 characters, e.g. "Sophon Node: online at gw.example.com".</param>
    /// <exception cref="UnsupportedException">This session has no notification area.</exception>
    public Task ShowAsync(TrayState now, string description)
    {
        state = now;
        return icon.ShowAsync(now, description);
    }

    public async ValueTask DisposeAsync()
    {
        icon.Chosen -= OnChosen;
        await icon.HideAsync();
    }

    void OnChosen(nint window, ScreenPoint place)
    {
        using var menu = User32.CreatePopupMenu();
        foreach (var item in TrayMenu.For(state))
            User32.AppendMenu(menu, item.Choice is null ? User32.MenuSeparator : User32.MenuText, (nuint)(item.Choice ?? 0), item.Text);

        // Else the menu stays open when the person clicks elsewhere (TrackPopupMenu, "Remarks"); so does the message after it.
        User32.SetForegroundWindow(window);
        var chosen = User32.TrackPopupMenuEx(menu, User32.MenuReturnsCommand | User32.MenuRightButton, place.X, place.Y, window, 0);
        User32.PostMessage(window, User32.Null, 0, 0);
        Raise((TrayChoice)chosen);
    }

    internal void Raise(TrayChoice choice)
    {
        var chosen = choice switch
        {
            TrayChoice.Pause => PauseChosen,
            TrayChoice.Resume => ResumeChosen,
            TrayChoice.OpenDashboard => OpenDashboardChosen,
            TrayChoice.Quit => QuitChosen,
            _ => null,
        };
        chosen?.Invoke();
    }
}
