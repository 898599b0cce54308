using System.Runtime.Versioning;
using Sophon.Node.Composition.Windows.Native;

namespace Sophon.Node.Composition.Windows;

/// <summary>The window that the Task Scheduler opens for a program of the console: it would stay on the desktop for as long as the Node runs.</summary>
[SupportedOSPlatform("windows")]
static class OwnConsole
{
    /// <summary>Closes the window when nobody else is in it, as a shell would be.</summary>
    /// <returns>Whether it is closed: then standard output and error lead nowhere.</returns>
    public static bool TryLeave() => Kernel32.GetConsoleProcessList(new uint[2], 2) == 1 && Kernel32.FreeConsole();
}
