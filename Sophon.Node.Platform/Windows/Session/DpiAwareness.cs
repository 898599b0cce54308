using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Per-monitor DPI awareness (version 2): only with it does Windows speak of physical pixels to this process.</summary>
[SupportedOSPlatform("windows")]
static class DpiAwareness
{
    /// <summary>The program's manifest says it too; this serves every other host. It has no effect, and needs none, where the manifest has set it.</summary>
    public static void Ensure() => User32.SetProcessDpiAwarenessContext(User32.PerMonitorAwareV2);

    public static bool IsPerMonitor => User32.GetAwarenessFromDpiAwarenessContext(User32.GetThreadDpiAwarenessContext()) == User32.PerMonitorAware;
}
