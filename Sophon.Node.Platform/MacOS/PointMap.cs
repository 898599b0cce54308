using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>A monitor in points, as macOS lays it out; a Retina display has 2 pixels a point.</summary>
sealed record MacMonitor(string Id, string Name, bool IsPrimary, double X, double Y, double Width, double Height, double Scale);

/// <summary>A rectangle in points.</summary>
readonly record struct PointRectangle(double X, double Y, double Width, double Height);

/// <summary>
/// Between points and the physical pixels that the ports speak of. Where scale factors differ, no pixel grid fits the whole
/// layout: each monitor keeps its own pixels, and their corners are as far apart as the largest factor makes them, so that
/// none overlap. That can leave gaps, which belong to no monitor.
/// </summary>
sealed class PointMap
{
    readonly IReadOnlyList<(MacMonitor Monitor, ScreenRectangle Pixels)> monitors;

    public PointMap(IReadOnlyList<MacMonitor> monitors)
    {
        var largest = monitors.Max(monitor => monitor.Scale);
        this.monitors = [.. monitors.Select(monitor => (monitor, new ScreenRectangle(
            Round(monitor.X * largest), Round(monitor.Y * largest), Round(monitor.Width * monitor.Scale), Round(monitor.Height * monitor.Scale))))];
        Layout = new MonitorLayout([.. this.monitors.Select(entry =>
            new MonitorInfo(entry.Monitor.Id, entry.Monitor.IsPrimary, entry.Pixels, entry.Monitor.Scale, entry.Monitor.Name))]);
    }

    public MonitorLayout Layout { get; }

    /// <summary>The points that cover a part of one monitor, and the pixels of it that they show.</summary>
    /// <param name="Points">Whole points, as screencapture takes them.</param>
    /// <param name="Pixels">What these points cover, which may be one pixel more at each side than was asked.</param>
    public sealed record Part(PointRectangle Points, ScreenRectangle Pixels);

    public (double X, double Y) ToPoints(ScreenPoint pixel)
    {
        var (monitor, bounds) = At(pixel);
        return (monitor.X + (pixel.X - bounds.X) / monitor.Scale, monitor.Y + (pixel.Y - bounds.Y) / monitor.Scale);
    }

    /// <summary>A frame at <paramref name="corner"/>, which decides whose scale factor counts.</summary>
    public PointRectangle ToPoints(ScreenPoint corner, int width, int height)
    {
        var scale = At(corner).Monitor.Scale;
        var (x, y) = ToPoints(corner);
        return new(Math.Round(x), Math.Round(y), Math.Round(width / scale), Math.Round(height / scale));
    }

    /// <summary>A window's frame; the monitor that shows most of it decides.</summary>
    public ScreenRectangle ToPixels(PointRectangle frame)
    {
        var (monitor, bounds) = monitors.MaxBy(entry => Overlap(entry.Monitor, frame));
        return new(
            bounds.X + Round((frame.X - monitor.X) * monitor.Scale), bounds.Y + Round((frame.Y - monitor.Y) * monitor.Scale),
            Round(frame.Width * monitor.Scale), Round(frame.Height * monitor.Scale));
    }

    /// <summary>The monitor that shows most of a frame.</summary>
    public string MonitorOf(PointRectangle frame) => monitors.MaxBy(entry => Overlap(entry.Monitor, frame)).Monitor.Id;

    /// <summary>Cuts an area into what each monitor shows of it.</summary>
    public IEnumerable<Part> Split(ScreenRectangle area)
    {
        foreach (var (monitor, bounds) in monitors)
        {
            var shown = bounds.Intersect(area);
            if (shown.Width == 0 || shown.Height == 0) continue;

            int left = (int)Math.Floor((shown.X - bounds.X) / monitor.Scale), top = (int)Math.Floor((shown.Y - bounds.Y) / monitor.Scale);
            int right = (int)Math.Ceiling((shown.Right - bounds.X) / monitor.Scale), bottom = (int)Math.Ceiling((shown.Bottom - bounds.Y) / monitor.Scale);
            yield return new Part(
                new PointRectangle(monitor.X + left, monitor.Y + top, right - left, bottom - top),
                new ScreenRectangle(
                    bounds.X + Round(left * monitor.Scale), bounds.Y + Round(top * monitor.Scale),
                    Round((right - left) * monitor.Scale), Round((bottom - top) * monitor.Scale)));
        }
    }

    // The caller has checked that it lies on a monitor; between two calls the layout may have changed.
    (MacMonitor Monitor, ScreenRectangle Pixels) At(ScreenPoint pixel) =>
        monitors.FirstOrDefault(entry => entry.Pixels.Contains(pixel)) is { Monitor: not null } found
            ? found
            : throw new InvalidInputException($"{pixel} lies on no monitor: {Layout.Describe()}.");

    static double Overlap(MacMonitor monitor, PointRectangle frame)
    {
        var width = Math.Min(monitor.X + monitor.Width, frame.X + frame.Width) - Math.Max(monitor.X, frame.X);
        var height = Math.Min(monitor.Y + monitor.Height, frame.Y + frame.Height) - Math.Max(monitor.Y, frame.Y);
        // Negative, and nearer to zero the nearer it is, for what lies beside the monitor.
        return width > 0 && height > 0 ? width * height : Math.Min(width, 0) + Math.Min(height, 0);
    }

    static int Round(double number) => (int)Math.Round(number, MidpointRounding.AwayFromZero);
}
