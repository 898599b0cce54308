using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Native;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux;

/// <summary>A process that the Node did not necessarily start.</summary>
[SupportedOSPlatform("linux")]
static class RunningProcess
{
    /// <summary>It exists and is no zombie, which only waits for its parent to look.</summary>
    public static bool IsAlive(int pid) => ProcessActivity.Read(pid) is { IsDead: false };

    /// <summary>The program's file name as the kernel keeps it; null when the process is gone.</summary>
    public static string? Name(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Asks it to end.</summary>
    public static void Terminate(int pid)
    {
        if (LibC.Kill(pid, LibC.SigTerm) == 0 || Marshal.GetLastPInvokeError() == LibC.NoSuchProcess) return;
        throw new ActionFailedException($"Process {pid} could not be ended: {Marshal.GetLastPInvokeErrorMessage()}.");
    }
}
