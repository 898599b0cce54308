using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;

namespace Sophon.Node.Composition;

/// <summary>The one place that picks the desktop.</summary>
static class DesktopSelection
{
    public static IDesktop Pick() =>
        OperatingSystem.IsLinux() ? new X11ToolsDesktop(X11Environment.FromProcess())
        : OperatingSystem.IsWindowsVersionAtLeast(10) ? new WindowsDesktop()
        : OperatingSystem.IsMacOS() ? new MacDesktop()
        : new UnsupportedDesktop("This Node drives Windows, macOS and Linux on X11 only");
}
