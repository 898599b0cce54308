using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace Sophon.Node.Platform.Windows;

/// <summary>Finds an application by the name that a person gives it.</summary>
/// <param name="startMenus">Folders of Start menu links.</param>
/// <param name="appPaths">The program registered under App Paths for a file name such as notepad.exe; null when there is none.</param>
/// <param name="aliases">The folder of the Store apps' execution aliases.</param>
/// <param name="systemFolders">Where Windows keeps its own programs.</param>
sealed class InstalledApplications(IReadOnlyList<string> startMenus, Func<string, string?> appPaths, string aliases, IReadOnlyList<string> systemFolders)
{
    const string Executable = ".exe";

    static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    [SupportedOSPlatform("windows")]
    public static InstalledApplications OfThisUser() => new(
        [Folder(Environment.SpecialFolder.Programs), Folder(Environment.SpecialFolder.CommonPrograms)],
        ReadAppPaths,
        Path.Combine(Folder(Environment.SpecialFolder.LocalApplicationData), "Microsoft", "WindowsApps"),
        [Folder(Environment.SpecialFolder.System), Folder(Environment.SpecialFolder.Windows)]);

    /// <summary>A link or a program: the Start menu first, then App Paths, then Store apps, then windowed programs of Windows; null when nothing has that name.</summary>
    public string? Find(string name)
    {
        // A name is no path: a program elsewhere is started by its path, which other rules allow.
        if (name.Length == 0 || name.IndexOfAny(['\\', '/', ':']) >= 0 || name.Contains("..", StringComparison.Ordinal)) return null;

        var file = name.EndsWith(Executable, StringComparison.OrdinalIgnoreCase) ? name : name + Executable;
        return FindLink(name)
            ?? Existing(appPaths(file))
            ?? Existing(Path.Combine(aliases, file))
            ?? systemFolders.Select(folder => Existing(Path.Combine(folder, file))).FirstOrDefault(path => path is not null && ProgramKind.HasWindows(path));
    }

    /// <summary>Scripts (.cmd, .bat) are left out: they are run by a shell, which reads their arguments in its own way.</summary>
    public static bool IsProgram(string path) => Path.GetExtension(path).Equals(Executable, StringComparison.OrdinalIgnoreCase);

    string? FindLink(string name) => startMenus
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.lnk", Recursive).Order(StringComparer.OrdinalIgnoreCase))
        .FirstOrDefault(link => Path.GetFileNameWithoutExtension(link).Equals(name, StringComparison.OrdinalIgnoreCase));

    static string? Existing(string? path) => path is not null && File.Exists(path) ? path : null;

    static string Folder(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder);

    [SupportedOSPlatform("windows")]
    static string? ReadAppPaths(string file)
    {
        foreach (var root in new[] { Registry.CurrentUser, Registry.LocalMachine })
        {
            try
            {
                using var key = root.OpenSubKey($@"Software\Microsoft\Windows\CurrentVersion\App Paths\{file}");
                // Some installers write quotes around it.
                if (key?.GetValue(null) is string path) return Environment.ExpandEnvironmentVariables(path.Trim('"'));
            }
            catch (Exception exception) when (exception is SecurityException or UnauthorizedAccessException)
            {
                // Not ours to read.
            }
        }

        return null;
    }
}
