namespace Sophon.Operations.Services.Systemd;

/// <summary>A service of the person's own systemd, or with <paramref name="system"/> of the machine's.</summary>
/// <param name="environment">Reads a variable of this process.</param>
/// <param name="home">The person's home folder.</param>
/// <param name="linger">Also at boot, before anybody logs in.</param>
public sealed class SystemdService(ServiceDefinition service, Func<string, string?> environment, string home, bool system, bool linger = false) : IServiceManager
{
    /// <summary>What a program needs to find the session's display.</summary>
    static readonly string[] DisplayVariables = ["DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "SWAYSOCK", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"];

    const int NotLoaded = 5;

    public string Name => system ? "systemd, as a service of this machine" : "systemd, as a service of your own account";

    public bool IsInstalled => File.Exists(UnitFile);

    string Unit => service.Name + ".service";

    string UnitFile => system ? $"/etc/systemd/system/{Unit}" : Path.Combine(ConfigFolder, "systemd", "user", Unit);

    /// <summary>Run by every desktop that knows XDG autostart, after login, with the display's variables.</summary>
    string AutostartFile => Path.Combine(ConfigFolder, "autostart", service.Name + ".desktop");

    string ConfigFolder => environment("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : Path.Combine(home, ".config");

    public string? Obstacle
    {
        get
        {
            if (system) return Environment.IsPrivilegedProcess ? null : $"The machine's services are root's: sudo {service.Name} service install";
            return environment("XDG_RUNTIME_DIR") is { Length: > 0 } folder && (File.Exists(Path.Combine(folder, "bus")) || File.Exists(Path.Combine(folder, "systemd", "private")))
                ? null
                : "systemd does not run for this account now, so it can't be told anything. Log in on the desktop and run this there; or, for a machine that nobody logs in to: sudo loginctl enable-linger $USER, then in a new login XDG_RUNTIME_DIR=/run/user/$(id -u).";
        }
    }

    public IReadOnlyList<string> Notes => system ? [$"See it: systemctl status {service.Name}, journalctl -u {service.Name}"] :
    [
        linger
            ? "It starts at boot, before anybody logs in."
            : "It starts when you log in and ends when your last session ends. For a machine that nobody logs in to: loginctl enable-linger (or service install --linger).",
        .. service.NeedsDesktop
            ? new[] { "Each desktop session tells it its display at login (XDG autostart). A window manager without autostart, like sway, needs in its own configuration: exec " + Restart() }
            : [],
    ];

    public IReadOnlyList<ServiceStep> Plan(ServiceVerb verb) => verb switch
    {
        ServiceVerb.Install => [
            new WriteFile(UnitFile, SystemdUnit.Render(service, system)),
            .. service.NeedsDesktop && !system ? new ServiceStep[] { new WriteFile(AutostartFile, Autostart()) } : [],
            Systemctl("daemon-reload"),
            .. ImportDisplay(),
            Systemctl("enable", Unit),
            .. linger ? new[] { new RunProgram("loginctl", "enable-linger") } : [],
            Systemctl("restart", Unit)],
        ServiceVerb.Start => [.. ImportDisplay(), Systemctl("start", Unit)],
        ServiceVerb.Stop => [Systemctl("stop", Unit) with { Accepts = [0, NotLoaded] }],
        ServiceVerb.Restart => [.. ImportDisplay(), Systemctl("restart", Unit)],
        ServiceVerb.Status => [Systemctl("status", "--no-pager", "--lines=0", Unit) with { Shows = true }],
        ServiceVerb.Uninstall => [
            Systemctl("disable", "--now", Unit) with { Accepts = [0, 1, NotLoaded] },
            new DeleteFile(UnitFile),
            .. service.NeedsDesktop && !system ? new ServiceStep[] { new DeleteFile(AutostartFile) } : [],
            Systemctl("daemon-reload")],
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    RunProgram Systemctl(params string[] arguments) => new("systemctl", system ? arguments : ["--user", .. arguments]);

    RunProgram[] ImportDisplay()
    {
        string[] present = system || !service.NeedsDesktop ? [] : [.. DisplayVariables.Where(name => !string.IsNullOrEmpty(environment(name)))];
        return present.Length == 0 ? [] : [Systemctl(["import-environment", .. present])];
    }

    string Restart() => string.Join(' ', service.CommandLine.Take(service.CommandLine.Count - 2).Append("service").Append("restart").Select(DesktopQuote));

    string Autostart() => $"""
        [Desktop Entry]
        Type=Application
        Name={service.Name}
        Comment=Tells the service which display this session has
        Exec={Restart()}
        NoDisplay=true

        """;

    // Desktop Entry Specification, "The Exec key": % is a field code there.
    static string DesktopQuote(string word)
    {
        var escaped = word.Replace("%", "%%", StringComparison.Ordinal);
        return escaped.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./%".Contains(letter, StringComparison.Ordinal))
            ? escaped
            : $"\"{escaped.Replace("\\", @"\\\\", StringComparison.Ordinal).Replace("\"", "\\\\\"", StringComparison.Ordinal).Replace("$", @"\\$", StringComparison.Ordinal).Replace("`", @"\\`", StringComparison.Ordinal)}\"";
    }
}
