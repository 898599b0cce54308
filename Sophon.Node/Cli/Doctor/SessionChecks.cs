using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Cli.Doctor;

/// <summary>Which session this is, and what works in it.</summary>
static class SessionChecks
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Func<string, string?> environment, IDesktop desktop)
    {
        using var limit = new CancellationTokenSource(Deadline);
        List<Finding> findings = [];
        if (desktop is FollowingDesktop following) findings.Add(Display(environment, following));
        foreach (var check in await desktop.CheckAsync(limit.Token))
            findings.Add(new("desktop", check.Port, check.Works ? Verdict.Good : Verdict.Bad, check.Detail, check.Cure));
        return findings;
    }

    static Finding Display(Func<string, string?> environment, FollowingDesktop desktop)
    {
        var session = Session(environment);
        return desktop.Choice.Kind == DisplayKind.None
            ? session
            : Finding.Good(session.Area, session.Subject, $"{session.Detail}: {desktop.Description}, by {desktop.Choice.Reason}");
    }

    public static Finding Session(Func<string, string?> environment)
    {
        string? type = environment("XDG_SESSION_TYPE"), x11 = environment("DISPLAY"), wayland = environment("WAYLAND_DISPLAY");
        var detail = $"XDG_SESSION_TYPE={Shown(type)}, DISPLAY={Shown(x11)}, WAYLAND_DISPLAY={Shown(wayland)}";
        return string.IsNullOrEmpty(x11) && string.IsNullOrEmpty(wayland)
            ? Finding.Bad("desktop", "session", detail, "No graphical session: run this in a terminal of the desktop, or set DISPLAY, e.g. DISPLAY=:0 sophon-node doctor")
            : Finding.Good("desktop", "session", detail);
    }

    static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(unset)" : value;
}
