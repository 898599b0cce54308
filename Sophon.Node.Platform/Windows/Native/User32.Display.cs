using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>user32.dll: displays, DPI, window stations and desktops.</summary>
[SupportedOSPlatform("windows")]
static partial class User32
{
    const string Library = "user32.dll";

    /// <summary>GetSystemMetrics indices.</summary>
    public const int VirtualX = 76, VirtualY = 77, VirtualWidth = 78, VirtualHeight = 79, SwapButton = 23, SmallIconWidth = 49, SmallIconHeight = 50;

    /// <summary>GetUserObjectInformation indices.</summary>
    public const int ObjectFlags = 1, ObjectName = 2;

    /// <summary>DESKTOP_READOBJECTS.</summary>
    public const uint DesktopReadObjects = 1;

    /// <summary>DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2.</summary>
    public const nint PerMonitorAwareV2 = -4;

    /// <summary>DPI_AWARENESS_PER_MONITOR_AWARE.</summary>
    public const int PerMonitorAware = 2;

    [LibraryImport(Library)]
    public static partial int GetSystemMetrics(int index);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool EnumDisplayMonitors(nint context, nint clip, delegate* unmanaged<nint, nint, NativeRectangle*, nint, int> callback, nint data);

    [LibraryImport(Library, EntryPoint = "GetMonitorInfoW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetMonitorInfo(nint monitor, ref MonitorInfoEx info);

    [LibraryImport(Library, EntryPoint = "EnumDisplayDevicesW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool EnumDisplayDevices(string device, uint index, ref DisplayDevice found, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetProcessDpiAwarenessContext(nint context);

    [LibraryImport(Library)]
    public static partial nint GetThreadDpiAwarenessContext();

    [LibraryImport(Library)]
    public static partial int GetAwarenessFromDpiAwarenessContext(nint context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial ScreenContextHandle GetDC(nint window);

    [LibraryImport(Library)]
    public static partial int ReleaseDC(nint window, nint context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial DesktopHandle OpenInputDesktop(uint flags, [MarshalAs(UnmanagedType.Bool)] bool inherit, uint access);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CloseDesktop(nint desktop);

    /// <summary>Not to be closed.</summary>
    [LibraryImport(Library)]
    public static partial nint GetThreadDesktop(uint thread);

    /// <summary>Not to be closed.</summary>
    [LibraryImport(Library)]
    public static partial nint GetProcessWindowStation();

    [LibraryImport(Library, EntryPoint = "GetUserObjectInformationW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool GetUserObjectInformation(nint handle, int index, void* buffer, uint length, out uint needed);
}
