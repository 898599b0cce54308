using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Native;

namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>Collects the exit codes of launched programs, which would else stay behind as zombies while the Node runs. .NET collects only those of <see cref="System.Diagnostics.Process"/>.</summary>
[SupportedOSPlatform("linux")]
static class ChildReaper
{
    static readonly ConcurrentDictionary<int, bool> Children = new();
    static readonly Lazy<PosixSignalRegistration> Registration = new(() => PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Reap()));

    public static void Watch(int pid)
    {
        _ = Registration.Value;
        Children[pid] = true;
        // It may have ended before it was known.
        Reap();
    }

    /// <summary>Collects one that has ended, if it is a child that was launched here.</summary>
    public static void Collect(int pid)
    {
        if (Children.ContainsKey(pid) && LibC.WaitPid(pid, out _, LibC.WaitNoHang) != 0) Children.TryRemove(pid, out _);
    }

    static void Reap()
    {
        foreach (var pid in Children.Keys) Collect(pid);
    }
}
