using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>The ports that any backend tries in the same way, without changing anything.</summary>
static class CommonPortChecks
{
    public static async Task<IReadOnlyList<PortCheck>> RunAsync(IDesktop desktop, CancellationToken cancellationToken) =>
    [
        await PortProbe.TryAsync("monitors", "switch a monitor on", async token => (await desktop.Screen.GetMonitorsAsync(token)).Describe(), cancellationToken),
        await PortProbe.TryAsync("screen", "use a compositor that offers zwlr_screencopy_manager_v1 (sway, labwc, river)", async token =>
        {
            var corner = (await desktop.Screen.GetMonitorsAsync(token)).Primary.Bounds;
            await desktop.Screen.CaptureAsync(corner with { Width = 1, Height = 1 }, token);
            return "one pixel captured";
        }, cancellationToken),
        await PortProbe.TryAsync("clipboard", "close the program that owns the clipboard if it hangs", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken),
        await PortProbe.TryAsync("windows", "use sway, or another compositor that offers zwlr_foreign_toplevel_manager_v1", async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken),
    ];
}
