using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>What <c>session.js</c> tells.</summary>
/// <param name="Accessibility">The Node may drive other programs.</param>
/// <param name="ScreenRecording">The Node may see other programs' windows.</param>
/// <param name="HasSession">It runs in a person's session.</param>
/// <param name="Locked">The screen is locked.</param>
sealed record MacSession(bool Accessibility, bool ScreenRecording, bool HasSession, bool Locked)
{
    public SessionState State => !HasSession ? SessionState.NoDisplay : Locked ? SessionState.Locked : SessionState.Active;
}

/// <summary>The permissions that macOS gives per program (TCC), and only a person can grant. The Node's helpers count as the Node.</summary>
sealed class MacPermissions(MacScripts scripts, TimeProvider time)
{
    public const string AccessibilitySetting = "System Settings → Privacy & Security → Accessibility";
    public const string ScreenRecordingSetting = "System Settings → Privacy & Security → Screen & System Audio Recording (\"Screen Recording\" before macOS 15)";
    public const string AutomationSetting = "System Settings → Privacy & Security → Automation → System Events";

    /// <summary>How long a granted permission is believed: asking takes about 0.1 s.</summary>
    static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    MacSession? seen;
    long seenAt;

    public static UnsupportedException Accessibility => new(
        $"macOS has not given the Node the Accessibility permission; without it, cliclick can't drive the UI. Grant it in {AccessibilitySetting} to the program that runs the Node (sophon-node, or the terminal that started it), and start the Node again.");

    public static UnsupportedException Automation => new(
        $"macOS does not let the Node talk to System Events. Allow it in {AutomationSetting}, and start the Node again.");

    static UnsupportedException ScreenRecording => new(
        $"macOS has not given the Node the Screen Recording permission; without it, screenshots show the wallpaper only. Grant it in {ScreenRecordingSetting} to the program that runs the Node, and start the Node again.");

    public async Task<MacSession> ReadAsync(CancellationToken cancellationToken)
    {
        var session = await scripts.RunAsync<MacSession>("session", new { }, cancellationToken);
        (seen, seenAt) = (session, time.GetTimestamp());
        return session;
    }

    /// <exception cref="UnsupportedException">Not granted.</exception>
    /// <exception cref="DisplayUnavailableException">No session, or locked.</exception>
    public async Task RequireAccessibilityAsync(CancellationToken cancellationToken)
    {
        if (!(await CurrentAsync(session => session.Accessibility, cancellationToken)).Accessibility) throw Accessibility;
    }

    /// <exception cref="UnsupportedException">Not granted.</exception>
    /// <exception cref="DisplayUnavailableException">No session, or locked.</exception>
    public async Task RequireScreenRecordingAsync(CancellationToken cancellationToken)
    {
        if (!(await CurrentAsync(session => session.ScreenRecording, cancellationToken)).ScreenRecording) throw ScreenRecording;
    }

    async Task<MacSession> CurrentAsync(Func<MacSession, bool> granted, CancellationToken cancellationToken)
    {
        var session = seen is { } known && granted(known) && known.State == SessionState.Active && time.GetElapsedTime(seenAt) < Trust
            ? known
            : await ReadAsync(cancellationToken);
        return session.State switch
        {
            SessionState.NoDisplay => throw new DisplayUnavailableException("The Node runs outside a person's session (as a daemon, or by ssh): macOS shows it no desktop. Run it as a launch agent: sophon-node service install"),
            SessionState.Locked => throw new DisplayUnavailableException("The screen is locked. Somebody has to unlock it at the Mac."),
            _ => session,
        };
    }
}
