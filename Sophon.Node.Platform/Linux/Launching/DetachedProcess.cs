using System.ComponentModel;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Native;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>Starts programs that outlive the Node: in a session of their own (a Ctrl+C in the Node's terminal misses them), on /dev/null, with default signals.</summary>
/// <remarks>posix_spawn and not <see cref="System.Diagnostics.Process"/>: that has neither sessions nor /dev/null, and a broken pipe would kill the program after the Node.</remarks>
[SupportedOSPlatform("linux")]
static class DetachedProcess
{
    /// <summary>Belongs to the Node's own service, and would confuse a program that finds it.</summary>
    static readonly string[] NotInherited = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "INVOCATION_ID", "JOURNAL_STREAM", "LISTEN_FDS", "LISTEN_PID"];

    /// <returns>The process id; the program runs.</returns>
    /// <exception cref="NotFoundException">No such program or folder, or not executable.</exception>
    public static int Start(string path, IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        Span<byte> actions = stackalloc byte[LibC.OpaqueSize], attributes = stackalloc byte[LibC.OpaqueSize];
        _ = LibC.FileActionsInit(actions);
        _ = LibC.AttributesInit(attributes);
        try
        {
            Describe(actions, attributes, workingDirectory);
            var error = LibC.Spawn(out var pid, path, actions, attributes, [path, .. arguments, null], [.. Merge(environment), null]);
            if (error != 0) throw Failure(error, path, workingDirectory);
            ChildReaper.Watch(pid);
            return pid;
        }
        finally
        {
            _ = LibC.FileActionsDestroy(actions);
            _ = LibC.AttributesDestroy(attributes);
        }
    }

    static void Describe(Span<byte> actions, Span<byte> attributes, string workingDirectory)
    {
        for (var descriptor = 0; descriptor < 3; descriptor++)
            _ = LibC.FileActionsAddOpen(actions, descriptor, "/dev/null", LibC.OpenReadWrite, 0);
        _ = LibC.FileActionsAddChangeDirectory(actions, workingDirectory);
        CloseInherited(actions);

        // .NET ignores SIGPIPE and blocks others; both would be inherited.
        Span<byte> signals = stackalloc byte[LibC.OpaqueSize];
        _ = LibC.SignalsEmpty(signals);
        _ = LibC.AttributesSetSignalMask(attributes, signals);
        _ = LibC.SignalsFill(signals);
        _ = LibC.AttributesSetSignalDefault(attributes, signals);
        _ = LibC.AttributesSetFlags(attributes, LibC.SpawnSetSid | LibC.SpawnSetSignalMask | LibC.SpawnSetSignalDefault);
    }

    // .NET closes its own on exec, but what the Node got from whoever started it would stay open for the program's whole life.
    static void CloseInherited(Span<byte> actions)
    {
        try
        {
            _ = LibC.FileActionsAddCloseFrom(actions, 3);
        }
        catch (EntryPointNotFoundException)
        {
            // glibc before 2.34: they stay.
        }
    }

    static IEnumerable<string> Merge(IReadOnlyDictionary<string, string?> added)
    {
        var merged = new Dictionary<string, string?>();
        foreach (System.Collections.DictionaryEntry own in Environment.GetEnvironmentVariables()) merged[(string)own.Key] = (string?)own.Value;
        foreach (var name in NotInherited) merged.Remove(name);
        foreach (var (name, value) in added) merged[name] = value;
        return merged.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={pair.Value}");
    }

    static PlatformException Failure(int error, string path, string workingDirectory) => error switch
    {
        _ when !Directory.Exists(workingDirectory) => new NotFoundException($"The working directory {workingDirectory} does not exist."),
        LibC.NoEntry or LibC.NotDirectory => new NotFoundException($"There is no program {path}, or the interpreter it names is missing."),
        LibC.Access => new NotFoundException($"{path} is not executable."),
        LibC.ExecFormat => new NotFoundException($"{path} is no program for this machine (a script without a #! line?)."),
        _ => new ActionFailedException($"{path} could not be started: {new Win32Exception(error).Message}"),
    };
}
