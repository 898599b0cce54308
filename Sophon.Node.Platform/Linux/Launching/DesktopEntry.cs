namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>An installed application (Desktop Entry Specification 1.5).</summary>
/// <param name="Id">The desktop file id without <c>.desktop</c>, e.g. <c>org.xfce.mousepad</c>.</param>
/// <param name="Path">The file.</param>
/// <param name="Name">Its name, not localised.</param>
/// <param name="LocalNames">Its names in other languages.</param>
/// <param name="Exec">Program and arguments, field codes expanded for a start without files.</param>
/// <param name="TryExec">A program that must exist, else the application counts as not installed.</param>
/// <param name="WorkingDirectory">Where it wants to start; null: anywhere.</param>
/// <param name="Terminal">It wants a terminal around it.</param>
/// <param name="NoDisplay">Not in menus.</param>
sealed record DesktopEntry(
    string Id, string Path, string Name, IReadOnlyList<string> LocalNames, IReadOnlyList<string> Exec,
    string? TryExec, string? WorkingDirectory, bool Terminal, bool NoDisplay)
{
    /// <summary>The file name of its program.</summary>
    public string Program => System.IO.Path.GetFileName(Exec[0]);

    /// <summary>Null when the text is no application that can be started: another type, hidden, broken, or D-Bus only.</summary>
    public static DesktopEntry? Parse(string id, string path, IEnumerable<string> lines)
    {
        var keys = ReadMainGroup(lines);
        if (keys.GetValueOrDefault("Type") != "Application" || Flag("Hidden") || !keys.TryGetValue("Name", out var name) || !keys.TryGetValue("Exec", out var exec))
            return null;

        name = ExecLine.Unescape(name);
        var icon = keys.TryGetValue("Icon", out var iconValue) ? ExecLine.Unescape(iconValue) : null;
        if (ExecLine.Parse(ExecLine.Unescape(exec), name, path, icon) is not { Count: > 0 } command) return null;

        var localNames = keys.Where(key => key.Key.StartsWith("Name[", StringComparison.Ordinal)).Select(key => ExecLine.Unescape(key.Value));
        return new DesktopEntry(
            id, path, name, [.. localNames.Distinct()], command,
            Optional("TryExec"), Optional("Path"), Flag("Terminal"), Flag("NoDisplay"));

        bool Flag(string key) => keys.GetValueOrDefault(key) is "true" or "1";
        string? Optional(string key) => keys.TryGetValue(key, out var value) && value.Length > 0 ? ExecLine.Unescape(value) : null;
    }

    static Dictionary<string, string> ReadMainGroup(IEnumerable<string> lines)
    {
        var keys = new Dictionary<string, string>();
        var inside = false;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                if (inside) break;
                inside = line == "[Desktop Entry]";
            }
            else if (inside && !line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var separator)
            {
                keys.TryAdd(line[..separator].TrimEnd(), line[(separator + 1)..].TrimStart());
            }
        }

        return keys;
    }
}
