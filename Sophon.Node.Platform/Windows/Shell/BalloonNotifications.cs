using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>Notifications as balloons (Shell_NotifyIcon): they need no installed shortcut as toasts proper do, and Windows 10 and 11 show them as toasts.</summary>
[SupportedOSPlatform("windows")]
sealed class BalloonNotifications(Lazy<NotificationIcon> icon) : INotifications
{
    public Task ShowAsync(string title, string message, CancellationToken cancellationToken)
    {
        WindowsSession.RequireDesktop();
        return icon.Value.BalloonAsync(title, message).WaitAsync(cancellationToken);
    }
}
