using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Composition;

/// <summary>The one place that picks the desktop.</summary>
static class DesktopSelection
{
    public static IDesktop Pick() =>
        OperatingSystem.IsLinux() ? new X11ToolsDesktop(X11Environment.FromProcess())
        : new UnsupportedDesktop("This Node drives Linux desktops on X11 only");
}
