using System.Runtime.Versioning;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>A Windows desktop, driven by Windows' own functions. Windows 10 version 1703 and later.</summary>
[SupportedOSPlatform("windows")]
public sealed class WindowsDesktop : IDesktop
{
    readonly Lazy<NotificationIcon> icon = new(() => new NotificationIcon());
    readonly SendInputKeyboard keyboard;

    public WindowsDesktop(TimeProvider? time = null)
    {
        DpiAwareness.Ensure();
        var clock = time ?? TimeProvider.System;
        keyboard = new SendInputKeyboard(clock);
        Clipboard = new WindowsClipboard(clock);
        Windows = new TopLevelWindows(clock);
        Applications = new WindowsApplications(Windows, InstalledApplications.OfThisUser(), clock);
        Notifications = new BalloonNotifications(icon);
    }

    public string Description => "Windows, native";

    public IScreen Screen { get; } = new GdiScreen();

    public IPointer Pointer { get; } = new SendInputPointer();

    public IKeyboard Keyboard => keyboard;

    public IClipboard Clipboard { get; }

    public IWindows Windows { get; }

    public IApplications Applications { get; }

    public INotifications Notifications { get; }

    public ISystem System { get; } = new DotNetSystem();

    /// <summary>For interactive mode. Nothing is shown before <see cref="TrayIcon.ShowAsync"/>.</summary>
    /// <exception cref="DisplayUnavailableException">This is a service's session.</exception>
    public TrayIcon CreateTrayIcon()
    {
        WindowsSession.RequireDesktop();
        return new TrayIcon(icon.Value);
    }

    public Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(WindowsSession.Read().State);
        }
        catch (PlatformException)
        {
            return Task.FromResult(SessionState.NoDisplay);
        }
    }

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => new WindowsCheck(this).RunAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (icon.IsValueCreated) icon.Value.Dispose();
        keyboard.Dispose();
        return ValueTask.CompletedTask;
    }
}
