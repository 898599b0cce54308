using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Draws into captured pixels.</summary>
static class Painter
{
    /// <summary>Lays the pointer's picture over the pixels of <paramref name="area"/>.</summary>
    public static void DrawPointer(Span<byte> bgra, ScreenRectangle area, CursorImage cursor)
    {
        var visible = area.Intersect(new ScreenRectangle(cursor.X, cursor.Y, cursor.Width, cursor.Height));
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            for (var x = visible.X; x < visible.Right; x++)
            {
                var argb = cursor.Argb[(y - cursor.Y) * cursor.Width + x - cursor.X];
                var rest = 255 - (argb >> 24);
                var pixel = bgra.Slice(((y - area.Y) * area.Width + x - area.X) * 4, 3);
                // Premultiplied: the picture's share is in its colours already.
                for (var i = 0; i < 3; i++) pixel[i] = (byte)Math.Min(255, (argb >> 8 * i & 0xff) + (pixel[i] * rest + 127) / 255);
            }
        }
    }

    /// <summary>Makes black what lies on no monitor: the server still keeps pixels there that nobody sees.</summary>
    public static void BlackenGaps(Span<byte> bgra, ScreenRectangle area, MonitorLayout layout)
    {
        if (layout.Covers(area)) return;

        // Between two monitors' edges a row is alike, so each band is looked at once.
        int[] edges = [.. layout.Monitors.SelectMany(monitor => new[] { monitor.Bounds.X, monitor.Bounds.Right })
            .Where(x => x > area.X && x < area.Right).Append(area.X).Append(area.Right).Distinct().Order()];
        for (var y = area.Y; y < area.Bottom; y++)
        {
            var row = bgra.Slice((y - area.Y) * area.Width * 4, area.Width * 4);
            for (var i = 0; i + 1 < edges.Length; i++)
                if (!layout.Contains(new ScreenPoint(edges[i], y))) row[((edges[i] - area.X) * 4)..((edges[i + 1] - area.X) * 4)].Clear();
        }
    }
}
