using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>The installed applications: the desktop entries of the XDG data folders.</summary>
/// <param name="dataFolders">In order of precedence: an id in an earlier folder hides the same id in a later one.</param>
sealed class DesktopEntries(IReadOnlyList<string> dataFolders)
{
    /// <summary>The folders of the XDG Base Directory Specification 0.8.</summary>
    public static DesktopEntries OfThisUser()
    {
        var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_DIRS") is { Length: > 0 } list ? list : "/usr/local/share:/usr/share";
        return new DesktopEntries([home, .. shared.Split(':', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>By desktop entry id, then its name, then its program's file name, in any case; what menus show comes first.</summary>
    public DesktopEntry? Find(string name)
    {
        var id = name.EndsWith(".desktop", StringComparison.OrdinalIgnoreCase) ? name[..^".desktop".Length] : name;
        var entries = ReadAll().OrderBy(entry => entry.NoDisplay).ToList();
        return entries.Find(entry => Same(entry.Id, id))
            ?? entries.Find(entry => Same(entry.Name, name))
            ?? entries.Find(entry => entry.LocalNames.Any(local => Same(local, name)))
            ?? entries.Find(entry => Same(entry.Program, name));
    }

    /// <summary>The applications whose program is there.</summary>
    public IReadOnlyList<DesktopEntry> ReadAll()
    {
        var seen = new HashSet<string>();
        var entries = new List<DesktopEntry>();
        foreach (var folder in dataFolders.Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, "applications")).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.desktop", Recursive).Order(StringComparer.Ordinal))
            {
                // Subfolders become part of the id: kde/konsole.desktop is kde-konsole.
                var id = Path.GetRelativePath(folder, file)[..^".desktop".Length].Replace('/', '-');
                if (seen.Add(id) && Read(id, file) is { } entry && IsInstalled(entry)) entries.Add(entry);
            }
        }

        return entries;
    }

    static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    static DesktopEntry? Read(string id, string file)
    {
        try
        {
            return DesktopEntry.Parse(id, file, File.ReadLines(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static bool IsInstalled(DesktopEntry entry) =>
        (entry.TryExec is null || ProgramPath.Find(entry.TryExec) is not null) && ProgramPath.Find(entry.Exec[0]) is not null;

    static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
