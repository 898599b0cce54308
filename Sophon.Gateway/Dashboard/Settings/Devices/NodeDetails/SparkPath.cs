using System.Globalization;
using System.Text;

namespace Sophon.Gateway.Dashboard.Settings.Devices.NodeDetails;

public readonly record struct SparkPoint(DateTimeOffset At, double Value);

/// <summary>Draws an hour of values as the <c>d</c> of an SVG path: now is at the right, zero at the bottom.</summary>
static class SparkPath
{
    public const int Width = 300;
    public const int Height = 48;

    const double Margin = 2;
    static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    /// <summary>Without a value for this long the Node was away: the line has a gap there.</summary>
    static readonly TimeSpan Gap = TimeSpan.FromSeconds(90);

    /// <param name="points">The oldest first.</param>
    public static string Of(IReadOnlyList<SparkPoint> points, DateTimeOffset now)
    {
        var top = points.Select(point => point.Value).DefaultIfEmpty().Max();
        var path = new StringBuilder();
        DateTimeOffset? before = null;
        foreach (var (at, value) in points)
        {
            var x = Width - Margin - ((now - at) / Shown * (Width - (2 * Margin)));
            var y = Height - Margin - (top > 0 ? value / top * (Height - (2 * Margin)) : 0);
            var begins = before is not { } last || at - last > Gap;
            path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{x:0.#} {y:0.#}");
            if (begins) path.Append("h0"); // one value alone is a dot
            before = at;
        }

        return path.ToString();
    }
}
