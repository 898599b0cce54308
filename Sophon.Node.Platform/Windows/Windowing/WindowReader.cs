using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Reads windows without sending them a message: one that hangs can't hold us up.</summary>
[SupportedOSPlatform("windows")]
static class WindowReader
{
    /// <summary>Of applications, lowest first.</summary>
    public static IReadOnlyList<WindowFacts> ReadAll() =>
        [.. Handles().Select(Read).OfType<WindowFacts>().Reverse()];

    /// <summary>Null when there is no such window of an application.</summary>
    public static WindowFacts? Read(nint window)
    {
        if (!User32.IsWindow(window) || !Traits(window, out var title).BelongToApplication) return null;
        if (!User32.GetWindowRect(window, out var edges) || User32.GetWindowThreadProcessId(window, out var pid) == 0) return null;

        var (minimized, outer) = (User32.IsIconic(window), Rectangles.Read(edges));
        var placement = Placement(window);
        // A minimised window lies outside every monitor, at (-32000, -32000); what counts is where it will be.
        if (minimized) outer = ToScreen(placement.Normal);
        var zoomed = User32.IsZoomed(window);
        var frame = minimized ? outer : VisibleFrame(window) ?? (zoomed ? outer.Intersect(MonitorOf(outer)) : outer);
        var app = ProcessNames.Of((int)pid) ?? string.Create(CultureInfo.InvariantCulture, $"pid {pid}");
        return new WindowFacts(
            window,
            new WindowInfo(WindowId.Format(window), title, app, (int)pid, frame, User32.GetForegroundWindow() == window, minimized),
            zoomed || (minimized && (placement.Flags & WindowPlacement.RestoreToMaximized) != 0),
            outer);
    }

    /// <summary>Every top-level window of a process, the hidden ones too.</summary>
    public static IReadOnlyList<nint> HandlesOf(int pid) =>
        [.. Handles().Where(window => User32.GetWindowThreadProcessId(window, out var owner) != 0 && owner == pid)];

    // Highest first.
    static unsafe List<nint> Handles()
    {
        var handles = new List<nint>();
        var list = GCHandle.Alloc(handles);
        try
        {
            User32.EnumWindows(&Add, GCHandle.ToIntPtr(list));
            return handles;
        }
        finally
        {
            list.Free();
        }
    }

    [UnmanagedCallersOnly]
    static int Add(nint window, nint list)
    {
        ((List<nint>)GCHandle.FromIntPtr(list).Target!).Add(window);
        return 1;
    }

    static WindowTraits Traits(nint window, out string title)
    {
        Span<char> text = stackalloc char[512];
        title = text[..User32.GetWindowText(window, text, text.Length)].ToString();
        var className = text[..User32.GetClassName(window, text, text.Length)].ToString();
        return new WindowTraits(
            User32.IsWindowVisible(window), IsCloaked(window),
            User32.GetWindowLong(window, User32.Style), User32.GetWindowLong(window, User32.ExtendedStyle), className, title);
    }

    static unsafe bool IsCloaked(nint window)
    {
        uint reason = 0;
        return Dwmapi.DwmGetWindowAttribute(window, Dwmapi.Cloaked, &reason, sizeof(uint)) == 0 && reason != 0;
    }

    // Without desktop composition (Wine, some remote sessions) there are no invisible borders, and no answer. A maximised
    // window's borders then lie outside its monitor.
    static unsafe ScreenRectangle? VisibleFrame(nint window)
    {
        NativeRectangle edges;
        return Dwmapi.DwmGetWindowAttribute(window, Dwmapi.ExtendedFrameBounds, &edges, (uint)sizeof(NativeRectangle)) == 0
            && Rectangles.Read(edges) is { Width: > 0, Height: > 0 } frame
                ? frame
                : null;
    }

    static unsafe WindowPlacement Placement(nint window)
    {
        var placement = new WindowPlacement { Length = (uint)sizeof(WindowPlacement) };
        User32.GetWindowPlacement(window, ref placement);
        return placement;
    }

    // Workspace coordinates: a taskbar at the left or at the top shifts them.
    static ScreenRectangle ToScreen(NativeRectangle workspace)
    {
        var bounds = Rectangles.Read(workspace);
        return NearestMonitor(workspace) is { } info
            ? bounds with { X = bounds.X + info.Work.Left - info.Monitor.Left, Y = bounds.Y + info.Work.Top - info.Monitor.Top }
            : bounds;
    }

    static ScreenRectangle MonitorOf(ScreenRectangle outer) =>
        NearestMonitor(new NativeRectangle { Left = outer.X, Top = outer.Y, Right = outer.Right, Bottom = outer.Bottom }) is { } info
            ? Rectangles.Read(info.Monitor)
            : outer;

    static unsafe MonitorInfoEx? NearestMonitor(NativeRectangle rectangle)
    {
        const uint nearest = 2;
        var info = new MonitorInfoEx { Size = (uint)sizeof(MonitorInfoEx) };
        return User32.GetMonitorInfo(User32.MonitorFromRect(rectangle, nearest), ref info) ? info : null;
    }
}
