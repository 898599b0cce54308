using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Linux.Wayland.Portal;
using Sophon.Node.Platform.Linux.Wayland.Session;
using Sophon.Node.Platform.Linux.Wayland.Tools;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>GNOME or KDE through xdg-desktop-portal: pointer, keyboard and stills with the person's consent; the clipboard by wl-clipboard; no windows.</summary>
[SupportedOSPlatform("linux")]
public sealed class WaylandPortalDesktop : IDesktop
{
    readonly WaylandEnvironment environment;
    readonly string? busAddress;
    readonly IPortalTokenStore? tokens;
    readonly CompositorSession compositor;
    readonly RemoteDesktopSession remote;
    readonly PortalPointer pointer;
    readonly PortalKeyboard keyboard;

    /// <param name="environment">Where the compositor is.</param>
    /// <param name="busAddress">As <c>DBUS_SESSION_BUS_ADDRESS</c>.</param>
    /// <param name="tokens">Keeps the consent; null: the person is asked at each start.</param>
    /// <param name="time">Null: the system's.</param>
    public WaylandPortalDesktop(WaylandEnvironment environment, string? busAddress, IPortalTokenStore? tokens, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        this.environment = environment;
        this.busAddress = busAddress;
        this.tokens = tokens;
        compositor = new CompositorSession(environment);
        remote = new RemoteDesktopSession(busAddress, tokens);
        pointer = new PortalPointer(remote, compositor, clock);
        keyboard = new PortalKeyboard(remote, compositor, clock);
        Screen = new PortalScreen(busAddress, compositor);
        Clipboard = new WlClipboard(new WaylandHelpers(environment));
        Windows = new PortalWindows();
        Applications = new WaylandApplications(environment, Windows, clock);
        Notifications = new NotifySend(new HelperRunner(new Dictionary<string, string?> { ["DBUS_SESSION_BUS_ADDRESS"] = busAddress }));
    }

    public string Description => $"Linux Wayland ({environment.CurrentDesktop ?? "unnamed desktop"}), portal";

    public IScreen Screen { get; }

    public IPointer Pointer => pointer;

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
            var client = await compositor.ConnectAsync(cancellationToken);
            await client.Connection.RoundtripAsync(cancellationToken);
            return await SessionLock.IsLockedAsync(cancellationToken) ? SessionState.Locked : SessionState.Active;
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    /// <remarks>Portals are asked for their versions only: to try one would ask the person.</remarks>
    public async Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) =>
    [
        await PortProbe.TryAsync("compositor", "start the Node inside the desktop session, or set XDG_RUNTIME_DIR and WAYLAND_DISPLAY", async token =>
        {
            var facts = await CompositorProbe.ReadAsync(environment, token);
            return $"{facts.Kind}: {facts.Reason}";
        }, cancellationToken),
        await PortProbe.TryAsync("monitors", "switch a monitor on", async token => (await Screen.GetMonitorsAsync(token)).Describe(), cancellationToken),
        await CheckPortalAsync("screen", "Screenshot", "stills only", cancellationToken),
        await CheckPortalAsync("pointer, keyboard", "RemoteDesktop", Consent(), cancellationToken),
        PortProbe.Helper("wl-copy", "the clipboard can't be written"),
        PortProbe.Helper("wl-paste", "the clipboard can't be read"),
        new PortCheck("windows", false, "GNOME and KDE on Wayland let no program list or move windows", "log in to an X11 session, or sway"),
    ];

    string Consent() => tokens switch
    {
        null => "the person is asked at the first use after each start",
        _ when tokens.Read() is not null => $"the person has agreed before ({tokens.Location}); they are asked again where the desktop has forgotten it: revoked in its settings, or other monitors",
        _ => $"the person is asked at the next use (no consent in {tokens.Location}: never given, or the file was lost), and it is kept then",
    };

    public ValueTask DisposeAsync()
    {
        pointer.Dispose();
        keyboard.Dispose();
        remote.Dispose();
        compositor.Dispose();
        return ValueTask.CompletedTask;
    }

    Task<PortCheck> CheckPortalAsync(string port, string name, string remark, CancellationToken cancellationToken) =>
        PortProbe.TryAsync(port, "sudo apt install xdg-desktop-portal xdg-desktop-portal-gnome (KDE: xdg-desktop-portal-kde), and log in again", async token =>
        {
            using var bus = await PortalBus.ConnectAsync(busAddress);
            var version = await bus.GetNumberAsync($"org.freedesktop.portal.{name}", "version").WaitAsync(token);
            return version > 0
                ? $"portal {name} version {version}; {remark}"
                : throw new UnsupportedException($"This session has no desktop portal {name}.");
        }, cancellationToken);
}
