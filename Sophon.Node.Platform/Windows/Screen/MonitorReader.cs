using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>The monitors, in physical pixels; the primary one's top left is (0, 0).</summary>
[SupportedOSPlatform("windows")]
static class MonitorReader
{
    const string DevicePrefix = @"\\.\";

    /// <summary>DPI at 100 %.</summary>
    const double StandardDpi = 96;

    public static unsafe MonitorLayout Read()
    {
        var monitors = new List<MonitorInfo>();
        var list = GCHandle.Alloc(monitors);
        try
        {
            if (!User32.EnumDisplayMonitors(0, 0, &Add, GCHandle.ToIntPtr(list)))
                throw new DisplayUnavailableException("Windows lists no monitors for this session; is it disconnected (remote desktop)?");
        }
        finally
        {
            list.Free();
        }

        return monitors.Count > 0
            ? new MonitorLayout(monitors)
            : throw new DisplayUnavailableException("This session has no monitor; is it disconnected (remote desktop), or is no monitor attached?");
    }

    [UnmanagedCallersOnly]
    static unsafe int Add(nint monitor, nint context, NativeRectangle* bounds, nint list)
    {
        // A monitor that is unplugged meanwhile has no information, and is none.
        if (Describe(monitor) is { } info) ((List<MonitorInfo>)GCHandle.FromIntPtr(list).Target!).Add(info);
        return 1;
    }

    static unsafe MonitorInfo? Describe(nint monitor)
    {
        var info = new MonitorInfoEx { Size = (uint)sizeof(MonitorInfoEx) };
        if (!User32.GetMonitorInfo(monitor, ref info)) return null;

        var device = new string(info.Device);
        var id = device.StartsWith(DevicePrefix, StringComparison.Ordinal) ? device[DevicePrefix.Length..] : device;
        return new MonitorInfo(id, (info.Flags & MonitorInfoEx.Primary) != 0, Rectangles.Read(info.Monitor), ScaleOf(monitor), NameOf(device) ?? id);
    }

    static double ScaleOf(nint monitor) =>
        Shcore.GetDpiForMonitor(monitor, Shcore.EffectiveDpi, out var dpi, out _) == 0 ? dpi / StandardDpi : 1.0;

    static unsafe string? NameOf(string device)
    {
        var found = new DisplayDevice { Size = (uint)sizeof(DisplayDevice) };
        if (!User32.EnumDisplayDevices(device, 0, ref found, 0)) return null;
        var name = new string(found.Description);
        return name.Length > 0 ? name : null;
    }
}
