using System.Globalization;

namespace Sophon.Node.Tests.Chaos;

/// <summary>What one scenario did, and what came of it.</summary>
/// <param name="Line">Of the list in docs/reliability.md; letters tell rows of one line apart.</param>
/// <param name="Done">What was done to the system.</param>
/// <param name="Often">How often.</param>
/// <param name="Figure">What was measured.</param>
/// <param name="Limit">What the figure may be.</param>
public sealed record ChaosRow(string Line, string Done, string Often, string Figure, string Limit, bool Holds)
{
    /// <summary>Durations, each of which has to stay within <paramref name="limit"/>; the worst one is the figure.</summary>
    public static ChaosRow Within(string line, string done, IReadOnlyCollection<TimeSpan> took, TimeSpan limit) => new(
        line, done, Times(took.Count), $"{Seconds(took.Max())} at most", "≤ " + Seconds(limit), took.All(one => one <= limit));

    public static string Times(int count) => count.ToString("N0", CultureInfo.InvariantCulture) + " ×";

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(time.TotalSeconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";
}
