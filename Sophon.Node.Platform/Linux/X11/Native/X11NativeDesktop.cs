using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>An X11 desktop driven by the X protocol itself: no helper processes, no libX11. Only notifications still need notify-send.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11NativeDesktop : IDesktop
{
    readonly X11Environment environment;
    readonly X11Display display;

    public X11NativeDesktop(X11Environment environment, TimeProvider? time = null)
    {
        this.environment = environment;
        display = new X11Display(environment);
        Screen = new NativeScreen(display);
        Pointer = new NativePointer(display);
        Keyboard = new NativeKeyboard(display);
        Clipboard = new NativeClipboard(display);
        Windows = new NativeWindows(display);
        Applications = new WindowedApplications(
            Windows, new ApplicationLauncher(DesktopEntries.OfThisUser(), environment.Variables), time ?? TimeProvider.System);
        Notifications = new NotifySend(new HelperRunner(environment.Variables));
    }

    public string Description => $"Linux X11 ({environment.Display ?? "no DISPLAY"}), native";

    public IScreen Screen { get; }

    public IPointer Pointer { get; }

    public IKeyboard Keyboard { get; }

    public IClipboard Clipboard { get; }

    public IWindows Windows { get; }

    public IApplications Applications { get; }

    public INotifications Notifications { get; }

    public ISystem System { get; } = new DotNetSystem();

    /// <summary>Whether this backend can serve on the display: what the program asks before it chooses between native and tools.</summary>
    /// <returns>Null when it can; else the extensions that the server lacks.</returns>
    /// <exception cref="DisplayUnavailableException">No server answers, so nothing can be told.</exception>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        var connection = (await display.GetSessionAsync(cancellationToken)).Connection;
        Extension[] missing = [.. new[] { Extension.XTest, Extension.Xkb }.Where(extension => !connection.Has(extension))];
        return missing.Length == 0 ? null : $"the X server lacks {string.Join(" and ", missing.Select(extension => extension.Name()))}";
    }

    public async Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await display.GetSessionAsync(cancellationToken);
            // A round trip: a connection looks alive while its server is stopped.
            var status = await session.Connection.RequestAsync(new GetProperty(session.Root, session[XAtom._SCREENSAVER_STATUS]), cancellationToken);
            var locked = status.Words is [var first, ..] && first == session[XAtom.LOCK];
            return locked || await SessionLock.IsLockedAsync(cancellationToken) ? SessionState.Locked : SessionState.Active;
        }
        catch (Exception e) when (e is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => new NativeCheck(this, display).RunAsync(cancellationToken);

    public ValueTask DisposeAsync() => display.DisposeAsync();
}
