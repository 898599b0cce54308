using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux;

/// <summary>Notifications by notify-send (org.freedesktop.Notifications on the session bus).</summary>
sealed class NotifySend(HelperRunner runner) : INotifications
{
    public async Task ShowAsync(string title, string message, CancellationToken cancellationToken)
    {
        var result = await runner.TryRunAsync("notify-send", ["--app-name", "Sophon Node", "--", title, EscapeMarkup(message)], cancellationToken);
        if (result.Succeeded) return;
        throw new ActionFailedException(
            $"No notification daemon took it. Is one running in this session (for example dunst), and is DBUS_SESSION_BUS_ADDRESS set? {result.ToException().Message}");
    }

    // Nearly every daemon reads the body as markup (capability "body-markup"); the text is meant as it is.
    static string EscapeMarkup(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
