using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Linux.Wayland.Tools;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>sway driven by the helpers that the install page names: ydotool, grim, wl-clipboard; and swaymsg and wtype where they are installed.</summary>
[SupportedOSPlatform("linux")]
public sealed class WaylandToolsDesktop : IDesktop
{
    const string StartInSession = "start the Node inside the desktop session, or set XDG_RUNTIME_DIR and WAYLAND_DISPLAY";

    static readonly (string Tool, string Without)[] Helpers =
    [
        ("grim", "no screenshots"),
        ("ydotool", "no mouse"),
        ("wtype", "typing knows the characters of a US keyboard only"),
        ("wl-copy", "the clipboard can't be written"),
        ("wl-paste", "the clipboard can't be read"),
        ("swaymsg", "no monitors and windows"),
        ("notify-send", "no notifications"),
    ];

    readonly WaylandEnvironment environment;
    readonly WaylandHelpers helpers;
    readonly YdotoolSetup ydotool;
    readonly YdotoolPointer pointer;

    public WaylandToolsDesktop(WaylandEnvironment environment, TimeProvider? time = null)
        : this(environment, YdotoolSetup.Of(environment), time ?? TimeProvider.System)
    {
    }

    internal WaylandToolsDesktop(WaylandEnvironment environment, YdotoolSetup ydotool, TimeProvider time)
    {
        this.environment = environment;
        this.ydotool = ydotool;
        helpers = new WaylandHelpers(environment);
        var sway = new SwaymsgIpc(helpers);
        pointer = new YdotoolPointer(helpers, sway, ydotool);
        Screen = new GrimScreen(helpers, sway);
        Keyboard = new ToolsKeyboard(helpers, sway, ydotool);
        Clipboard = new WlClipboard(helpers);
        Windows = new SwayWindows(sway);
        Applications = new WaylandApplications(environment, Windows, time);
        Notifications = new NotifySend(new HelperRunner(new Dictionary<string, string?>()));
    }

    public string Description => $"Linux Wayland ({environment.DisplayName ?? environment.RuntimeDirectory ?? "no XDG_RUNTIME_DIR"}), tools";

    public IScreen Screen { get; }

    public IPointer Pointer => pointer;

    public IKeyboard Keyboard { get; }

    public IClipboard Clipboard { get; }

    public IWindows Windows { get; }

    public IApplications Applications { get; }

    public INotifications Notifications { get; }

    public ISystem System { get; } = new DotNetSystem();

    public async Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            helpers.Locate();
            return await SessionLock.IsLockedAsync(cancellationToken) ? SessionState.Locked : SessionState.Active;
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    public async Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        PortCheck[] first =
        [
            .. Helpers.Select(helper => PortProbe.Helper(helper.Tool, helper.Without)),
            await PortProbe.TryAsync("compositor", StartInSession, _ =>
            {
                var endpoint = helpers.Locate();
                return Task.FromResult($"{endpoint.SocketPath}, pid {endpoint.ProcessId}");
            }, cancellationToken),
        ];
        if (!first[^1].Works) return first;

        return
        [
            .. first,
            .. await CommonPortChecks.RunAsync(this, cancellationToken),
            await PortProbe.TryAsync("pointer", "set platform.wayland.backend = native (or auto), which needs neither uinput nor a daemon", async token =>
            {
                await ydotool.PrepareAsync(helpers, token);
                return "ydotool has its device";
            }, cancellationToken),
        ];
    }

    public ValueTask DisposeAsync()
    {
        pointer.Dispose();
        return ValueTask.CompletedTask;
    }
}
