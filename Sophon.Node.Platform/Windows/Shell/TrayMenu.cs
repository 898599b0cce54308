namespace Sophon.Node.Platform.Windows;

/// <summary>A choice of the menu; 0 is what Windows answers when the person chose nothing.</summary>
enum TrayChoice { None, Pause, Resume, OpenDashboard, Quit }

/// <param name="Choice">Null for a line between the others.</param>
/// <param name="Text">The ampersand marks the key that chooses it.</param>
sealed record TrayMenuItem(TrayChoice? Choice, string? Text);

static class TrayMenu
{
    public static IReadOnlyList<TrayMenuItem> For(TrayState state) =>
    [
        state == TrayState.Paused ? new(TrayChoice.Resume, "&Resume") : new(TrayChoice.Pause, "&Pause"),
        new(TrayChoice.OpenDashboard, "Open &Dashboard"),
        new(null, null),
        new(TrayChoice.Quit, "&Quit"),
    ];
}
