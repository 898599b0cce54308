namespace Sophon.Node.Platform.Ports;

/// <summary>A capture is a rectangle; what lies on none of the monitors is memory that nobody sees.</summary>
static class MonitorGaps
{
    public static void Blacken(PixelImage image, ScreenRectangle area, MonitorLayout layout)
    {
        var visible = new byte[image.Bgra.Length];
        foreach (var part in layout.Monitors.Select(monitor => monitor.Bounds.Intersect(area)))
        {
            for (var y = part.Y; y < part.Bottom; y++)
            {
                var start = ((y - area.Y) * area.Width + part.X - area.X) * 4;
                image.Bgra.Span.Slice(start, part.Width * 4).CopyTo(visible.AsSpan(start));
            }
        }

        visible.CopyTo(image.Bgra);
    }
}
