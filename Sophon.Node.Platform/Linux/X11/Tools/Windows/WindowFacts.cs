using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>One window as its properties and its place tell.</summary>
/// <param name="Client">The window without decorations.</param>
/// <param name="Frame">What the window manager put around it (_NET_FRAME_EXTENTS).</param>
sealed record WindowFacts(WindowInfo Info, ScreenRectangle Client, FrameExtents Frame, bool Maximized, bool IsShell)
{
    public static readonly string[] Properties =
    [
        "WM_CLASS", "_NET_WM_PID", "_NET_FRAME_EXTENTS", "_NET_WM_STATE", "_NET_WM_WINDOW_TYPE", "WM_STATE", "_NET_WM_NAME", "WM_NAME",
    ];

    public static WindowFacts Read(uint id, string properties, ScreenRectangle client, bool focused)
    {
        var text = new XpropText(properties);
        var frame = text.Numbers("_NET_FRAME_EXTENTS") is [var left, var right, var top, var bottom] ? new FrameExtents(left, right, top, bottom) : default;
        var states = text.Items("_NET_WM_STATE");
        var types = text.Items("_NET_WM_WINDOW_TYPE");
        var info = new WindowInfo(
            WindowId.Format(id),
            text.Title("_NET_WM_NAME") ?? text.Title("WM_NAME") ?? "",
            text.QuotedItems("WM_CLASS") is [_, var name, ..] ? name : "",
            text.Number("_NET_WM_PID"),
            frame.Around(client),
            focused,
            text.IsIconic || states.Contains("_NET_WM_STATE_HIDDEN"));
        return new WindowFacts(
            info,
            client,
            frame,
            states.Contains("_NET_WM_STATE_MAXIMIZED_VERT") && states.Contains("_NET_WM_STATE_MAXIMIZED_HORZ"),
            types.Contains("_NET_WM_WINDOW_TYPE_DESKTOP") || types.Contains("_NET_WM_WINDOW_TYPE_DOCK"));
    }
}

/// <summary>Pixels of decoration on each side.</summary>
readonly record struct FrameExtents(int Left, int Right, int Top, int Bottom)
{
    public ScreenRectangle Around(ScreenRectangle client) =>
        new(client.X - Left, client.Y - Top, client.Width + Left + Right, client.Height + Top + Bottom);
}
