using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Layout;

/// <summary>One monitor in both coordinate systems.</summary>
sealed record PlacedOutput(OutputGeometry Geometry, ScreenRectangle Bounds)
{
    /// <summary>A physical length in logical units.</summary>
    public double ToLogicalLength(int pixels) => pixels / Geometry.Scale;
}

/// <summary>
/// Physical pixels of the virtual desktop, which Wayland itself does not have: compositors lay monitors out in logical units,
/// of which one is 1 to 3 pixels, on each monitor another number.
/// </summary>
/// <remarks>
/// The rule: every monitor has its own pixels, unscaled; the layout's top left is (0, 0); a monitor starts where the furthest reaching of
/// the monitors wholly to its left (above it) ends; a gap to the nearest of them is kept, in its own pixels. So neighbours stay neighbours,
/// nothing that was apart overlaps, and with one scale everywhere it is exactly logical × scale.
/// </remarks>
sealed class PhysicalLayout
{
    // Wayland's fixed-point numbers have 8 bits after the point.
    const double SmallestStep = 1.0 / 256;

    readonly IReadOnlyList<PlacedOutput> outputs;

    public PhysicalLayout(IEnumerable<OutputGeometry> geometries)
    {
        var sorted = geometries.OrderBy(g => g.Logical.Y).ThenBy(g => g.Logical.X).ThenBy(g => g.Name, StringComparer.Ordinal).ToList();
        if (sorted.Count == 0) throw new DisplayUnavailableException("The compositor has no monitor that is switched on.");

        int left = sorted.Min(g => g.Logical.X), top = sorted.Min(g => g.Logical.Y);
        Logical = new ScreenRectangle(left, top, sorted.Max(g => g.Logical.Right) - left, sorted.Max(g => g.Logical.Bottom) - top);
        var xs = Place(sorted, left, g => (g.Logical.X, g.Logical.Right, g.PixelWidth));
        var ys = Place(sorted, top, g => (g.Logical.Y, g.Logical.Bottom, g.PixelHeight));
        outputs = [.. sorted.Select(g => new PlacedOutput(g, new ScreenRectangle(xs[g], ys[g], g.PixelWidth, g.PixelHeight)))];
    }

    /// <summary>Sorted from the top left.</summary>
    public IReadOnlyList<PlacedOutput> Outputs => outputs;

    /// <summary>The smallest logical rectangle that holds every monitor.</summary>
    public ScreenRectangle Logical { get; }

    /// <summary>Wayland has no primary monitor: the one nearest to the top left counts as such.</summary>
    public MonitorLayout Monitors => new([.. outputs.Select((output, index) => new MonitorInfo(
        output.Geometry.Name, index == 0, output.Bounds, output.Geometry.Scale, output.Geometry.Description))]);

    /// <exception cref="InvalidInputException">The area is empty or reaches beyond the layout.</exception>
    public void EnsureInside(ScreenRectangle area)
    {
        if (area.Width <= 0 || area.Height <= 0 || area.Intersect(Monitors.Bounds) != area)
            throw new InvalidInputException($"The area {area} reaches beyond the screen: {Monitors.Describe()}.");
    }

    /// <summary>A pixel's top left in the logical layout, as the compositor counts it.</summary>
    /// <remarks>
    /// A compositor rounds a monitor's logical size down: 1000 pixels at scale 1.5 are 666 units, and the pointer can't reach the last pixel.
    /// The last place within the monitor stands for what is cut off.
    /// </remarks>
    /// <exception cref="InvalidInputException">No monitor has that pixel.</exception>
    public (double X, double Y) ToLogical(ScreenPoint point)
    {
        var output = outputs.FirstOrDefault(candidate => candidate.Bounds.Contains(point))
            ?? throw new InvalidInputException($"{point} lies on no monitor: {Monitors.Describe()}");
        var logical = output.Geometry.Logical;
        return (Math.Min(logical.X + (point.X - output.Bounds.X) / output.Geometry.Scale, logical.Right - SmallestStep),
            Math.Min(logical.Y + (point.Y - output.Bounds.Y) / output.Geometry.Scale, logical.Bottom - SmallestStep));
    }

    /// <summary>A window's logical rectangle in pixels, counted from the monitor that holds most of it.</summary>
    public ScreenRectangle ToPhysical(ScreenRectangle logical)
    {
        var home = HomeOf(logical);
        return new ScreenRectangle(
            home.Bounds.X + Pixels(logical.X - home.Geometry.Logical.X, home),
            home.Bounds.Y + Pixels(logical.Y - home.Geometry.Logical.Y, home),
            Pixels(logical.Width, home),
            Pixels(logical.Height, home));
    }

    /// <summary>The logical point for a window's corner, which may lie off every monitor: it counts from the nearest one.</summary>
    public (double X, double Y, PlacedOutput Output) ToLogicalCorner(int x, int y)
    {
        var home = outputs.MinBy(output => Distance(output.Bounds, x, y))!;
        return (home.Geometry.Logical.X + (x - home.Bounds.X) / home.Geometry.Scale,
            home.Geometry.Logical.Y + (y - home.Bounds.Y) / home.Geometry.Scale, home);
    }

    PlacedOutput HomeOf(ScreenRectangle logical)
    {
        var best = outputs.MaxBy(output => Area(output.Geometry.Logical.Intersect(logical)))!;
        return Area(best.Geometry.Logical.Intersect(logical)) > 0
            ? best
            : outputs.MinBy(output => Distance(output.Geometry.Logical, logical.X, logical.Y))!;
    }

    static int Pixels(int units, PlacedOutput output) => (int)Math.Round(units * output.Geometry.Scale, MidpointRounding.AwayFromZero);

    static long Area(ScreenRectangle rectangle) => (long)rectangle.Width * rectangle.Height;

    static long Distance(ScreenRectangle rectangle, int x, int y)
    {
        long dx = Math.Max(0, Math.Max(rectangle.X - x, x - (rectangle.Right - 1))), dy = Math.Max(0, Math.Max(rectangle.Y - y, y - (rectangle.Bottom - 1)));
        return dx * dx + dy * dy;
    }

    static Dictionary<OutputGeometry, int> Place(
        IEnumerable<OutputGeometry> outputs, int origin, Func<OutputGeometry, (int Start, int End, int Pixels)> side)
    {
        var placed = new Dictionary<OutputGeometry, int>();
        foreach (var output in outputs.OrderBy(candidate => side(candidate).Start))
        {
            var start = side(output).Start;
            var before = placed.Keys.Where(other => side(other).End <= start).ToList();
            var nearest = before.Select(other => side(other).End).DefaultIfEmpty(origin).Max();
            placed[output] = before
                .Select(other => placed[other] + side(other).Pixels + (side(other).End == nearest ? Gap(start - nearest, output) : 0))
                .DefaultIfEmpty(Gap(start - origin, output))
                .Max();
        }

        return placed;
    }

    static int Gap(int units, OutputGeometry output) => (int)Math.Round(units * output.Scale, MidpointRounding.AwayFromZero);
}
