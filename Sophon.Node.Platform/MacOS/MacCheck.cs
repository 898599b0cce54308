using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>What <c>doctor</c> shows: the helpers, the permissions, and every port tried without changing anything.</summary>
sealed class MacCheck(MacDesktop desktop, HelperRunner runner, MacPermissions permissions)
{
    const string Unlock = "unlock the screen; run the Node in the person's session (sophon-node service install makes a launch agent)";

    static readonly (string Tool, string Without)[] Helpers =
    [
        ("cliclick", "no mouse"),
        ("osascript", "no keyboard, windows, notifications"),
        ("screencapture", "no screenshots"),
        ("sips", "no screenshots"),
        ("pbcopy", "no clipboard"),
        ("pbpaste", "no clipboard"),
        ("open", "applications can't be launched"),
    ];

    public async Task<IReadOnlyList<PortCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = Helpers.Select(helper => PortProbe.Helper(helper.Tool, helper.Without, runner.Find(helper.Tool))).ToList();
        MacSession? session = null;
        checks.Add(await PortProbe.TryAsync("session", Unlock, async token =>
        {
            session = await permissions.ReadAsync(token);
            return session.State == SessionState.Active ? "a person's, unlocked" : throw new DisplayUnavailableException(session.State == SessionState.Locked ? "the screen is locked" : "no person's session");
        }, cancellationToken));
        if (session is null) return checks;

        checks.Add(Permission("permission Accessibility", session.Accessibility, "mouse, keyboard and windows can't be driven", MacPermissions.AccessibilitySetting));
        checks.Add(Permission("permission Screen Recording", session.ScreenRecording, "screenshots show the wallpaper only", MacPermissions.ScreenRecordingSetting));
        if (session.State != SessionState.Active) return checks;

        checks.Add(await PortProbe.TryAsync("monitors", Unlock, async token => (await desktop.Screen.GetMonitorsAsync(token)).Describe(), cancellationToken));
        checks.Add(await PortProbe.TryAsync("screen", MacPermissions.ScreenRecordingSetting, async token =>
        {
            using var pixel = await desktop.Screen.CaptureAsync((await desktop.Screen.GetMonitorsAsync(token)).Primary.Bounds with { Width = 1, Height = 1 }, token);
            return "one pixel captured";
        }, cancellationToken));
        // "p" prints where the pointer is.
        checks.Add(await PortProbe.TryAsync("pointer", "brew install cliclick", async token => $"at {(await runner.RunAsync("cliclick", ["p"], token)).Text.Trim()}", cancellationToken));
        checks.Add(await PortProbe.TryAsync("clipboard", Unlock, async token => $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken));
        checks.Add(await PortProbe.TryAsync("windows", MacPermissions.AutomationSetting, async token => $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken));
        return checks;
    }

    static PortCheck Permission(string name, bool granted, string without, string setting) => granted
        ? new PortCheck(name, true, "granted", null)
        : new PortCheck(name, false, $"not granted: {without}", $"grant it to the program that runs the Node in {setting}, and start the Node again");
}
