using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>An X11 desktop driven by the helpers that the install page names: xdotool, scrot, xclip, wmctrl.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11ToolsDesktop : IDesktop
{
    readonly X11Environment environment;
    readonly X11Helpers helpers;
    readonly ToolsKeyboard keyboard;

    public X11ToolsDesktop(X11Environment environment, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        this.environment = environment;
        helpers = new X11Helpers(environment);
        keyboard = new ToolsKeyboard(helpers, clock);
        Screen = new ToolsScreen(helpers);
        Pointer = new ToolsPointer(helpers);
        Clipboard = new ToolsClipboard(helpers);
        Windows = new ToolsWindows(helpers, clock);
        Applications = new WindowedApplications(Windows, new ApplicationLauncher(DesktopEntries.OfThisUser(), environment.Variables), clock);
        Notifications = new NotifySend(new HelperRunner(environment.Variables));
    }

    public string Description => $"Linux X11 ({environment.Display ?? "no DISPLAY"}), tools";

    public IScreen Screen { get; }

    public IPointer Pointer { get; }

    public IKeyboard Keyboard => keyboard;

    public IClipboard Clipboard { get; }

    public IWindows Windows { get; }

    public IApplications Applications { get; }

    public INotifications Notifications { get; }

    public ISystem System { get; } = new DotNetSystem();

    public async Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await helpers.EnsureDisplayAsync(cancellationToken);
            return await SessionLock.IsLockedAsync(cancellationToken) ? SessionState.Locked : SessionState.Active;
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) =>
        new X11ToolsCheck(this, helpers).RunAsync(cancellationToken);

    public ValueTask DisposeAsync() => keyboard.DisposeAsync();
}
