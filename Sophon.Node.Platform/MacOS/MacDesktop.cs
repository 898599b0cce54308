using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>
/// A Mac, driven by cliclick and by what macOS brings: osascript, screencapture, sips, pbcopy, pbpaste, open. Written to their
/// documentation and tested against recording fakes of them; it has not run on a Mac.
/// </summary>
public sealed class MacDesktop : IDesktop
{
    // pbcopy and pbpaste read the encoding from the locale; a service has none.
    static readonly Dictionary<string, string?> Locale = new() { ["LC_ALL"] = "en_US.UTF-8" };

    readonly MacPermissions permissions;
    readonly MacKeyboard keyboard;
    readonly MacCheck check;

    public MacDesktop(TimeProvider? time = null) : this(new HelperRunner(Locale), time ?? TimeProvider.System)
    {
    }

    internal MacDesktop(HelperRunner runner, TimeProvider time)
    {
        var scripts = new MacScripts(runner);
        var monitors = new MacMonitors(scripts);
        permissions = new MacPermissions(scripts, time);
        keyboard = new MacKeyboard(runner, scripts, permissions);
        Screen = new MacScreen(runner, monitors, permissions);
        Pointer = new MacPointer(runner, scripts, monitors, permissions);
        Clipboard = new MacClipboard(runner);
        Windows = new MacWindows(scripts, monitors, permissions, time);
        Applications = new MacApplications(Windows, new MacLauncher(runner, scripts, time), time);
        Notifications = new MacNotifications(scripts);
        check = new MacCheck(this, runner, permissions);
    }

    public string Description => "macOS, tools";

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
            return (await permissions.ReadAsync(cancellationToken)).State;
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            return SessionState.NoDisplay;
        }
    }

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => check.RunAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        keyboard.Dispose();
        return ValueTask.CompletedTask;
    }
}
