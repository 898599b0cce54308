using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Notifications by osascript. They come from "Script Editor", and are shown when its notifications are allowed in System Settings → Notifications.</summary>
sealed class MacNotifications(MacScripts scripts) : INotifications
{
    public Task ShowAsync(string title, string message, CancellationToken cancellationToken) =>
        scripts.RunAsync("notify", new { title, message }, cancellationToken);
}
