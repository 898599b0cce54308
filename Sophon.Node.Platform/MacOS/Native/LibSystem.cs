using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.MacOS.Native;

/// <summary>libSystem, macOS' C library.</summary>
static partial class LibSystem
{
    public const int SigTerm = 15;

    /// <summary>ESRCH.</summary>
    public const int NoSuchProcess = 3;

    [LibraryImport("libSystem.dylib", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);
}
