using System.Globalization;
using System.Security;
using System.Text;

namespace Sophon.Operations.Services.Launchd;

/// <summary>A launchd agent of the person's graphical session: launchd.plist(5), launchctl(1).</summary>
/// <param name="uid">Whose session it is.</param>
public sealed class LaunchAgent(ServiceDefinition service, string home, int uid) : IServiceManager
{
    /// <summary>launchctl's answer when the service is not loaded: "No such process", or "Could not find service".</summary>
    static readonly int[] Gone = [0, 3, 113];

    public string Name => "launchd, as an agent of your own account";

    public bool IsInstalled => File.Exists(PlistFile);

    public string? Obstacle => null;

    public IReadOnlyList<string> Notes => [
        "It starts when you log in, and has your desktop.",
        .. service.NeedsDesktop
            ? new[] { $"macOS asks for Accessibility and Screen Recording once: System Settings → Privacy & Security, for {service.CommandLine[0]}." }
            : []];

    string Domain => string.Create(CultureInfo.InvariantCulture, $"gui/{uid}");

    string Target => $"{Domain}/{service.Label}";

    string PlistFile => Path.Combine(home, "Library", "LaunchAgents", service.Label + ".plist");

    public IReadOnlyList<ServiceStep> Plan(ServiceVerb verb) => verb switch
    {
        ServiceVerb.Install => [
            new WriteFile(PlistFile, Plist()),
            new RunProgram("launchctl", "bootout", Target) { Accepts = Gone },
            new RunProgram("launchctl", "enable", Target),
            new RunProgram("launchctl", "bootstrap", Domain, PlistFile)],
        ServiceVerb.Start => [new RunProgram("launchctl", "kickstart", Target)],

        // It ends with 0 then, after which launchd leaves it alone until the next login.
        ServiceVerb.Stop => [new RunProgram("launchctl", "kill", "SIGTERM", Target) { Accepts = Gone }],
        ServiceVerb.Restart => [new RunProgram("launchctl", "kickstart", "-k", Target)],
        ServiceVerb.Status => [new RunProgram("launchctl", "print", Target) { Shows = true }],
        ServiceVerb.Uninstall => [
            new RunProgram("launchctl", "bootout", Target) { Accepts = Gone },
            new DeleteFile(PlistFile)],
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    // launchd's own PATH lacks both places where Homebrew puts cliclick.
    string Plist()
    {
        var variables = new Dictionary<string, string>(service.Environment) { ["PATH"] = "/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" };
        var text = new StringBuilder("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>

            """);
        Add(text, "Label", $"<string>{Escape(service.Label)}</string>");
        Add(text, "ProgramArguments", $"<array>{string.Concat(service.CommandLine.Select(word => $"<string>{Escape(word)}</string>"))}</array>");
        Add(text, "EnvironmentVariables", $"<dict>{string.Concat(variables.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"<key>{Escape(one.Key)}</key><string>{Escape(one.Value)}</string>"))}</dict>");
        Add(text, "RunAtLoad", "<true/>");
        Add(text, "KeepAlive", "<dict><key>SuccessfulExit</key><false/></dict>");
        Add(text, "ThrottleInterval", "<integer>10</integer>");
        Add(text, "ExitTimeOut", string.Create(CultureInfo.InvariantCulture, $"<integer>{service.StopWithin.TotalSeconds:0}</integer>"));
        Add(text, "ProcessType", "<string>Interactive</string>");
        if (service.NeedsDesktop) Add(text, "LimitLoadToSessionType", "<string>Aqua</string>");
        if (service.ChildrenOutlive) Add(text, "AbandonProcessGroup", "<true/>");
        if (service.StateFolder.Length > 0) Add(text, "StandardErrorPath", $"<string>{Escape(Path.Combine(service.StateFolder, "launchd-errors.log"))}</string>");
        return text.Append("</dict>\n</plist>\n").ToString();
    }

    static void Add(StringBuilder text, string key, string value) => text.Append(CultureInfo.InvariantCulture, $"  <key>{key}</key>\n  {value}\n");

    static string Escape(string text) => SecurityElement.Escape(text);
}
