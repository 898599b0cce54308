using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Composition.Windows.Native;

[SupportedOSPlatform("windows")]
static partial class Kernel32
{
    /// <summary>How many processes are attached to this one's console; 0 without one.</summary>
    [LibraryImport("kernel32.dll", EntryPoint = "GetConsoleProcessList")]
    internal static partial uint GetConsoleProcessList(Span<uint> processes, uint capacity);

    [LibraryImport("kernel32.dll", EntryPoint = "FreeConsole")]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool FreeConsole();
}
