namespace Sophon.Node.Platform.Ports;

/// <summary>A running application: a process that owns at least one top-level window.</summary>
public sealed record ApplicationInfo(string Name, int ProcessId, IReadOnlyList<string> WindowTitles, bool Focused);

/// <summary>Applications by process and window facts.</summary>
public interface IApplications
{
    Task<IReadOnlyList<ApplicationInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Starts an installed application by its name (desktop entry id, its Name, or its program's file name). It outlives the Node.</summary>
    /// <returns>The process id, once the process runs.</returns>
    /// <exception cref="NotFoundException">No installed application has that name.</exception>
    Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Starts a program by path. It outlives the Node.</summary>
    /// <exception cref="NotFoundException">No such file, or not executable.</exception>
    Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken);

    /// <summary>Closes an application: politely through its windows (SIGTERM where it has none), or with <paramref name="force"/> by killing its process tree. Returns when the process has ended.</summary>
    /// <exception cref="NotFoundException">No such application runs.</exception>
    /// <exception cref="ActionFailedException">It still runs when the token's deadline nears: it may be asking the person whether to save.</exception>
    Task CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken);

    /// <summary>Raises the application's most recent window.</summary>
    Task FocusAsync(ApplicationSelector selector, CancellationToken cancellationToken);
}

/// <summary>Either a process id or a name (case-insensitive, as <see cref="ApplicationInfo.Name"/>).</summary>
public sealed record ApplicationSelector(int? ProcessId, string? Name)
{
    public override string ToString() => ProcessId is { } pid ? $"pid {pid}" : $"\"{Name}\"";
}
