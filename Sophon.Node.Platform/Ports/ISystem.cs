namespace Sophon.Node.Platform.Ports;

/// <summary>Machine facts, processes, programs. Mostly what .NET itself tells, alike on every OS.</summary>
public interface ISystem
{
    Task<MachineInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>Processes whose name contains <paramref name="nameFilter"/> (any case), highest memory first.</summary>
    Task<IReadOnlyList<ProcessInfo>> ListProcessesAsync(string? nameFilter, CancellationToken cancellationToken);

    /// <summary>Runs a program to its end. No shell is involved. When the token is cancelled its whole process tree is killed.</summary>
    /// <param name="onOutput">Called with each piece of output as it comes, one at a time; stops with the truncation.</param>
    /// <exception cref="NotFoundException">No such program or folder.</exception>
    Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, Action<ExecutionOutput>? onOutput, CancellationToken cancellationToken);
}

/// <param name="UptimeSeconds">Since the machine started.</param>
/// <param name="MemoryTotalMb">MiB of physical memory.</param>
/// <param name="MemoryAvailableMb">MiB that programs could get without swapping.</param>
public sealed record MachineInfo(
    string HostName, string UserName, string Platform, string OsDescription, string Architecture, int ProcessorCount,
    long MemoryTotalMb, long MemoryAvailableMb, long UptimeSeconds, string TimeZone, IReadOnlyList<DiskInfo> Disks);

/// <summary>Sizes in MiB.</summary>
public sealed record DiskInfo(string Name, string Format, long TotalMb, long FreeMb);

/// <param name="Name">The program's name, without its path and arguments (they may hold secrets).</param>
/// <param name="MemoryMb">Resident MiB.</param>
/// <param name="CpuSeconds">Used since it started.</param>
/// <param name="StartedAt">Null when the OS does not tell this user.</param>
public sealed record ProcessInfo(int ProcessId, string Name, double MemoryMb, double CpuSeconds, DateTimeOffset? StartedAt);

/// <param name="Command">A program's path, or a name looked up on PATH.</param>
/// <param name="Environment">Added to the Node's own; a null value removes the variable.</param>
public sealed record ExecutionRequest(
    string Command, IReadOnlyList<string> Arguments, string? WorkingDirectory,
    IReadOnlyDictionary<string, string?> Environment, string? StandardInput);

/// <summary>A piece of output; a character is never split.</summary>
public sealed record ExecutionOutput(bool IsError, string Text);

/// <param name="Truncated">One of the two outputs was longer than 1 MiB; its head is kept.</param>
public sealed record ExecutionResult(int ExitCode, string StandardOutput, string StandardError, bool Truncated);
