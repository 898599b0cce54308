using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>What <c>doctor</c> shows: every helper, and every port tried without changing anything.</summary>
[SupportedOSPlatform("linux")]
sealed class X11ToolsCheck(X11ToolsDesktop desktop, X11Helpers helpers)
{
    const string CheckDisplay = "start the Node inside the desktop session, or set DISPLAY and XAUTHORITY";

    static readonly (string Tool, string Without)[] Helpers =
    [
        ("xdotool", "no mouse and keyboard"),
        ("scrot", "no screenshots"),
        ("xclip", "no clipboard"),
        ("wmctrl", "windows can't be moved or closed"),
        ("xprop", "no list of windows"),
        ("xrandr", "several monitors look like one"),
        ("xmodmap", "typing is slow, about eight characters a second"),
        ("notify-send", "no notifications"),
    ];

    public async Task<IReadOnlyList<PortCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<PortCheck>(Helpers.Select(helper => PortProbe.Helper(helper.Tool, helper.Without)))
        {
            await PortProbe.TryAsync("display", CheckDisplay, async token =>
            {
                await helpers.EnsureDisplayAsync(token);
                return $"{helpers.DisplayName} answers";
            }, cancellationToken),
        };
        if (!checks[^1].Works) return checks;

        checks.Add(await PortProbe.TryAsync("monitors", "sudo apt install x11-xserver-utils", async token =>
        {
            var layout = await desktop.Screen.GetMonitorsAsync(token);
            return ProgramPath.Find("xrandr") is null ? $"{layout.Describe()} (the whole screen: xrandr is missing)" : layout.Describe();
        }, cancellationToken));
        checks.Add(await PortProbe.TryAsync("screen", "sudo apt install scrot", async token =>
        {
            var corner = (await desktop.Screen.GetMonitorsAsync(token)).Primary.Bounds;
            await desktop.Screen.CaptureAsync(corner with { Width = 1, Height = 1 }, token);
            return "one pixel captured";
        }, cancellationToken));
        checks.Add(await PortProbe.TryAsync("pointer", "sudo apt install xdotool", async token =>
            (await helpers.RunAsync("xdotool", ["getmouselocation"], token)).Text.Trim(), cancellationToken));
        checks.Add(await PortProbe.TryAsync("clipboard", "close the program that owns the clipboard if it hangs", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken));
        checks.Add(await PortProbe.TryAsync("windows", "start a window manager, for example: openbox &", async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken));
        return checks;
    }
}
