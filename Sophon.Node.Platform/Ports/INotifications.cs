namespace Sophon.Node.Platform.Ports;

/// <summary>The desktop's notifications.</summary>
public interface INotifications
{
    /// <summary>Shows a notification; returns when the notification daemon has taken it.</summary>
    Task ShowAsync(string title, string message, CancellationToken cancellationToken);
}
