namespace Sophon.Node.Platform.Ports;

/// <summary>All monitors of a desktop. A gap between monitors belongs to none.</summary>
public sealed record MonitorLayout(IReadOnlyList<MonitorInfo> Monitors)
{
    /// <summary>The primary monitor; the first one where the OS marks none.</summary>
    public MonitorInfo Primary => Monitors.FirstOrDefault(monitor => monitor.IsPrimary) ?? Monitors[0];

    /// <summary>The smallest rectangle that holds every monitor.</summary>
    public ScreenRectangle Bounds
    {
        get
        {
            int left = Monitors.Min(m => m.Bounds.X), top = Monitors.Min(m => m.Bounds.Y);
            return new(left, top, Monitors.Max(m => m.Bounds.Right) - left, Monitors.Max(m => m.Bounds.Bottom) - top);
        }
    }

    public bool Contains(ScreenPoint point) => Monitors.Any(monitor => monitor.Bounds.Contains(point));

    /// <summary>True when every pixel of <paramref name="area"/> lies on some monitor (monitors may overlap when mirrored).</summary>
    public bool Covers(ScreenRectangle area)
    {
        if (area.Width <= 0 || area.Height <= 0) return false;

        var xs = Cuts(area.X, area.Right, Monitors.SelectMany(m => new[] { m.Bounds.X, m.Bounds.Right }));
        var ys = Cuts(area.Y, area.Bottom, Monitors.SelectMany(m => new[] { m.Bounds.Y, m.Bounds.Bottom }));
        return xs.All(x => ys.All(y => Contains(new ScreenPoint(x, y))));
    }

    /// <summary>Words for an error message: where each monitor is.</summary>
    public string Describe() => string.Join("; ", Monitors.Select(m => $"{m.Name} {m.Bounds}"));

    // Coverage can only change at a monitor's edge, so one probe per cell between edges is exact.
    static List<int> Cuts(int from, int to, IEnumerable<int> edges) =>
        [from, .. edges.Where(edge => edge > from && edge < to).Distinct()];
}
