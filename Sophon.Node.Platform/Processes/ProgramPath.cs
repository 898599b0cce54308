namespace Sophon.Node.Platform.Processes;

/// <summary>Where a program is.</summary>
public static class ProgramPath
{
    /// <summary>The full path of <paramref name="program"/>, looked up as the OS would; null when there is no such executable file.</summary>
    /// <param name="program">A name to look up on PATH, or a path (relative ones count from <paramref name="workingDirectory"/>).</param>
    /// <param name="workingDirectory">Null: the Node's own.</param>
    /// <param name="searchPath">The PATH to search; null: the Node's own.</param>
    public static string? Find(string program, string? workingDirectory = null, string? searchPath = null)
    {
        if (program.Length == 0) return null;

        if (program.Contains('/') || (OperatingSystem.IsWindows() && program.Contains('\\')))
        {
            var path = Path.GetFullPath(program, Path.GetFullPath(workingDirectory ?? "."));
            return Candidates(path).FirstOrDefault(IsExecutable);
        }

        var folders = (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathRooted)
            .SelectMany(folder => Candidates(Path.Combine(folder, program)))
            .FirstOrDefault(IsExecutable);
    }

    static IEnumerable<string> Candidates(string path) =>
        OperatingSystem.IsWindows() && !Path.HasExtension(path)
            ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE").Split(';').Select(extension => path + extension)
            : [path];

    static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
