using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>Starts applications on one desktop.</summary>
/// <param name="environment">What tells them the display; added to the Node's own environment.</param>
[SupportedOSPlatform("linux")]
sealed class ApplicationLauncher(DesktopEntries entries, IReadOnlyDictionary<string, string?> environment)
{
    // Debian's alternative first: it is the one that the person chose.
    static readonly string[] Terminals = ["x-terminal-emulator", "xterm", "foot"];

    public int LaunchByName(string name)
    {
        var entry = entries.Find(name)
            ?? throw new NotFoundException($"No installed application is called \"{name}\" (looked for a desktop entry with that id, name or program).");
        string[] command = entry.Terminal ? [Terminal(entry), "-e", .. entry.Exec] : [.. entry.Exec];
        return Start(command[0], command[1..], entry.WorkingDirectory);
    }

    public int LaunchByPath(string path, IReadOnlyList<string> arguments)
    {
        if (!Path.IsPathRooted(path)) throw new NotFoundException($"\"{path}\" is no absolute path; give the whole path of the program, or the name of an installed application.");
        if (!File.Exists(path)) throw new NotFoundException($"There is no program {path}.");
        return Start(path, arguments, null);
    }

    int Start(string program, IReadOnlyList<string> arguments, string? workingDirectory)
    {
        var path = ProgramPath.Find(program) ?? throw new NotFoundException($"{program} is not executable.");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return DetachedProcess.Start(path, arguments, workingDirectory ?? (home.Length > 0 ? home : "/"), environment);
    }

    static string Terminal(DesktopEntry entry) =>
        Array.Find(Terminals, terminal => ProgramPath.Find(terminal) is not null)
        ?? throw new UnsupportedException($"\"{entry.Name}\" runs in a terminal, and none is installed. Install one: sudo apt install xterm");
}
