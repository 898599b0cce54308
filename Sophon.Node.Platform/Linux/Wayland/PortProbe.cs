using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>Lines of <c>doctor</c>.</summary>
static class PortProbe
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Tries a port. What fails is told by the exception's kind; <paramref name="cure"/> stands where that kind has none of its own.</summary>
    public static async Task<PortCheck> TryAsync(string port, string cure, Func<CancellationToken, Task<string>> attempt, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            return new PortCheck(port, true, await attempt(deadline.Token), null);
        }
        catch (ToolMissingException exception)
        {
            return new PortCheck(port, false, exception.Message, exception.InstallCommand);
        }
        catch (PlatformException exception)
        {
            return new PortCheck(port, false, exception.Message, cure);
        }
        catch (OperationCanceledException)
        {
            return new PortCheck(port, false, $"no answer within {Deadline.TotalSeconds:0} s", cure);
        }
    }

    /// <summary>Whether a helper is installed.</summary>
    public static PortCheck Helper(string tool, string without) => ProgramPath.Find(tool) is { } path
        ? new PortCheck($"helper {tool}", true, path, null)
        : new PortCheck($"helper {tool}", false, $"not found on PATH: {without}", HelperPackages.InstallCommand(tool));

    /// <summary>The ports that any backend tries in the same way, without changing anything.</summary>
    public static async Task<IReadOnlyList<PortCheck>> CommonAsync(IDesktop desktop, CancellationToken cancellationToken) =>
    [
        await TryAsync("monitors", "switch a monitor on", async token => (await desktop.Screen.GetMonitorsAsync(token)).Describe(), cancellationToken),
        await TryAsync("screen", "use a compositor that offers zwlr_screencopy_manager_v1 (sway, labwc, river)", async token =>
        {
            var corner = (await desktop.Screen.GetMonitorsAsync(token)).Primary.Bounds;
            await desktop.Screen.CaptureAsync(corner with { Width = 1, Height = 1 }, token);
            return "one pixel captured";
        }, cancellationToken),
        await TryAsync("clipboard", "close the program that owns the clipboard if it hangs", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken),
        await TryAsync("windows", "use sway, or another compositor that offers zwlr_foreign_toplevel_manager_v1", async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken),
    ];
}
