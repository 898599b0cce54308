using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux;

/// <summary>Whether the screen is locked, as logind knows it (LockedHint). A system without logind, or a process outside a session, counts as unlocked.</summary>
static class SessionLock
{
    static readonly HelperRunner Runner = new(new Dictionary<string, string?>());

    public static async Task<bool> IsLockedAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("XDG_SESSION_ID") is not { Length: > 0 } session || ProgramPath.Find("loginctl") is null) return false;
        var result = await Runner.TryRunAsync("loginctl", ["show-session", session, "--property=LockedHint", "--value"], cancellationToken);
        return result.Succeeded && result.Text.Trim() == "yes";
    }
}
