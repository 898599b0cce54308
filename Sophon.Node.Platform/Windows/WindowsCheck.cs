using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>What <c>doctor</c> shows: every port tried without changing anything.</summary>
[SupportedOSPlatform("windows")]
sealed class WindowsCheck(WindowsDesktop desktop)
{
    const string Unlock = "unlock the screen, and connect to the session if it is a remote one";

    public async Task<IReadOnlyList<PortCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<PortCheck>
        {
            await PortProbe.TryAsync("session", SessionFacts.LogonTaskCure, _ =>
            {
                var facts = WindowsSession.Read();
                facts.RequireUnlocked();
                return Task.FromResult($"session {facts.SessionId}, desktop {facts.InputDesktop}, {(Elevation.IsElevated ? "elevated" : "not elevated: windows of elevated programs can be seen but not driven")}");
            }, cancellationToken),
        };
        if (!checks[0].Works) return checks;

        checks.Add(DpiAwareness.IsPerMonitor
            ? new PortCheck("DPI awareness", true, "per monitor", null)
            : new PortCheck("DPI awareness", false, "coordinates are scaled by Windows, and miss their pixels on a display above 100 %", "remove the compatibility setting \"Override high DPI scaling\" of sophon-node.exe"));
        checks.Add(await PortProbe.TryAsync("monitors", Unlock, async token => Describe(await desktop.Screen.GetMonitorsAsync(token)), cancellationToken));
        checks.Add(await PortProbe.TryAsync("screen", Unlock, async token =>
        {
            using var pixel = await desktop.Screen.CaptureAsync((await desktop.Screen.GetMonitorsAsync(token)).Primary.Bounds with { Width = 1, Height = 1 }, token);
            return "one pixel captured";
        }, cancellationToken));
        checks.Add(await PortProbe.TryAsync("pointer", Unlock, _ => User32.GetCursorPos(out var point)
            ? Task.FromResult($"at ({point.X}, {point.Y})")
            : throw WindowsErrors.Last("Windows does not tell where it is"), cancellationToken));
        checks.Add(await PortProbe.TryAsync("keyboard", Unlock, _ => Task.FromResult($"layout {new ForegroundLayout()}"), cancellationToken));
        checks.Add(await PortProbe.TryAsync("clipboard", "close the program that keeps it open", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken));
        checks.Add(await PortProbe.TryAsync("windows", Unlock, async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken));
        checks.Add(User32.FindWindow("Shell_TrayWnd", null) != 0
            ? new PortCheck("notifications", true, "balloons", null)
            : new PortCheck("notifications", false, "Explorer does not run in this session: there is no notification area", "start explorer.exe"));
        return checks;
    }

    static string Describe(MonitorLayout layout) =>
        string.Join("; ", layout.Monitors.Select(monitor => FormattableString.Invariant($"{monitor.Id} {monitor.Bounds} at {monitor.ScaleFactor:P0}")));
}
