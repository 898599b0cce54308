using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Session;
using Sophon.Node.Platform.Linux.Wayland.Wlroots;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Windows;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>A compositor of the wlroots family, driven by its own protocols: no helper, no daemon, no uinput.</summary>
[SupportedOSPlatform("linux")]
public sealed class WaylandNativeDesktop : IDesktop
{
    readonly WaylandEnvironment environment;
    readonly CompositorSession session;
    readonly WlrootsPointer pointer;
    readonly WlrootsKeyboard keyboard;

    public WaylandNativeDesktop(WaylandEnvironment environment, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        this.environment = environment;
        session = new CompositorSession(environment);
        pointer = new WlrootsPointer(session, clock);
        keyboard = new WlrootsKeyboard(session, clock);
        Screen = new ScreencopyScreen(session);
        Clipboard = new DataControlClipboard(session);
        Windows = new NativeWindows(session);
        Applications = new WaylandApplications(environment, Windows, clock);
        Notifications = new NotifySend(new HelperRunner(new Dictionary<string, string?>()));
    }

    public string Description => $"Linux Wayland ({environment.DisplayName ?? environment.RuntimeDirectory ?? "no XDG_RUNTIME_DIR"}), native";

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
            var client = await session.ConnectAsync(cancellationToken);
            await client.Connection.RoundtripAsync(cancellationToken);
            return await SessionLock.IsLockedAsync(cancellationToken) ? SessionState.Locked : SessionState.Active;
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    public async Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        var compositor = await PortProbe.TryAsync("compositor", "start the Node inside the desktop session, or set XDG_RUNTIME_DIR and WAYLAND_DISPLAY", async token =>
        {
            var facts = await CompositorProbe.ReadAsync(environment, token);
            var client = await session.ConnectAsync(token);
            return $"{client.Connection.SocketPath}, pid {client.Connection.CompositorProcessId}, {facts.Kind}: {facts.Reason}";
        }, cancellationToken);
        if (!compositor.Works) return [compositor];

        return
        [
            compositor,
            .. await CommonPortChecks.RunAsync(this, cancellationToken),
            await CheckProtocolAsync("pointer", VirtualPointerManager.Interface, cancellationToken),
            await CheckProtocolAsync("keyboard", VirtualKeyboardManager.Interface, cancellationToken),
            PortProbe.Helper("notify-send", "no notifications"),
        ];
    }

    public ValueTask DisposeAsync()
    {
        pointer.Dispose();
        keyboard.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }

    // A device that is plugged in shows up at the person's programs, so an offer has to do.
    Task<PortCheck> CheckProtocolAsync(string port, string protocol, CancellationToken cancellationToken) =>
        PortProbe.TryAsync(port, "use sway, or another compositor built on wlroots", async token =>
        {
            var client = await session.ConnectAsync(token);
            return client.Offers(protocol)
                ? $"{protocol} is offered"
                : throw new UnsupportedException($"This compositor does not offer {protocol}.");
        }, cancellationToken);
}
