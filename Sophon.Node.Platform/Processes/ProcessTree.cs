using System.ComponentModel;
using System.Diagnostics;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>A process that the Node did not necessarily start, and what descends from it.</summary>
static class ProcessTree
{
    /// <summary>Kills it and its descendants; one that has ended is no error.</summary>
    /// <exception cref="ActionFailedException">The OS refuses.</exception>
    public static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
        catch (Exception exception) when (exception is Win32Exception or AggregateException)
        {
            throw new ActionFailedException($"Process {pid} could not be killed: {exception.Message}", exception);
        }
    }
}
