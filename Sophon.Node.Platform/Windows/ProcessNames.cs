using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

[SupportedOSPlatform("windows")]
static class ProcessNames
{
    /// <summary>The program's file name without its extension, as <c>system.processes</c> lists it; null when the process is gone or not to be asked.</summary>
    public static string? Of(int pid)
    {
        using var process = Kernel32.OpenProcess(Kernel32.QueryLimitedInformation, inherit: false, (uint)pid);
        if (process.IsInvalid) return null;

        Span<char> path = stackalloc char[1024];
        var length = (uint)path.Length;
        return Kernel32.QueryFullProcessImageName(process, 0, path, ref length)
            ? Path.GetFileNameWithoutExtension(path[..(int)length]).ToString()
            : null;
    }
}
