namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>Where to look for a compositor. The sockets themselves are looked for at each connection: a compositor may come later, or come back under another name.</summary>
/// <param name="RuntimeDirectory">As <c>XDG_RUNTIME_DIR</c>; null when there is none.</param>
/// <param name="DisplayName">As <c>WAYLAND_DISPLAY</c>: a socket's name in that folder, or a path; null: the first compositor found there.</param>
/// <param name="SwaySocket">As <c>SWAYSOCK</c>; null: the one beside the compositor's socket.</param>
/// <param name="CurrentDesktop">As <c>XDG_CURRENT_DESKTOP</c>, e.g. <c>sway</c>, <c>ubuntu:GNOME</c>.</param>
public sealed record WaylandEnvironment(string? RuntimeDirectory, string? DisplayName, string? SwaySocket, string? CurrentDesktop)
{
    /// <summary>From the Node's own variables.</summary>
    public static WaylandEnvironment FromProcess() => new(
        Variable("XDG_RUNTIME_DIR"), Variable("WAYLAND_DISPLAY"), Variable("SWAYSOCK"), Variable("XDG_CURRENT_DESKTOP"));

    /// <summary>Paths to try, the named one first. Names that do not exist are left out, except the named one.</summary>
    public IReadOnlyList<string> SocketCandidates
    {
        get
        {
            var named = DisplayName is null ? null
                : Path.IsPathRooted(DisplayName) ? DisplayName
                : RuntimeDirectory is null ? null
                : Path.Combine(RuntimeDirectory, DisplayName);
            return [.. new[] { named }.Concat(Found("wayland-*")).OfType<string>().Distinct()];
        }
    }

    /// <summary>The IPC socket of the sway that runs as <paramref name="compositorProcessId"/>; null when it has none (then it is no sway).</summary>
    public string? SwaySocketOf(int compositorProcessId)
    {
        var suffix = $".{compositorProcessId}.sock";
        return Found("sway-ipc.*.sock").FirstOrDefault(path => path.EndsWith(suffix, StringComparison.Ordinal))
            ?? (SwaySocket is { } path && File.Exists(path) && !NamesAnotherProcess(path, suffix) ? path : null);
    }

    IEnumerable<string> Found(string pattern) =>
        RuntimeDirectory is { } folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : [];

    // A SWAYSOCK that was set by hand to another path is trusted; one in sway's own form belongs to the process that it names.
    static bool NamesAnotherProcess(string path, string suffix) =>
        Path.GetFileName(path) is var name && name.StartsWith("sway-ipc.", StringComparison.Ordinal) && !name.EndsWith(suffix, StringComparison.Ordinal);

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
