using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sophon.Node.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="P50">The median, or the only value.</param>
/// <param name="Peer">What it is compared with, in the same run.</param>
/// <param name="Ratio">The peer's value ÷ ours (or ours ÷ the peer's, where more is better): how many times better ours is.</param>
/// <param name="Limit">What the C reference takes for the same.</param>
/// <param name="Goal">In words.</param>
/// <param name="Holds">Null where there is no goal.</param>
public sealed record Row(
    string Measure, double P50, string Unit, double? P95 = null, string? Peer = null, double? PeerValue = null, double? Ratio = null, double? Limit = null,
    string? Goal = null, bool? Holds = null);

/// <summary>Prints rows as they come: a table for people, or one JSON object a line.</summary>
public sealed class Report(bool json)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public void Add(Row row) => Console.WriteLine(json ? JsonSerializer.Serialize(row, Json) : Line(row));

    public void Head()
    {
        if (json) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"measure",-52} {"p50",10} {"p95",10}  {"peer",-34} {"ratio",7} {"limit",9}  {"goal",-38} holds"));
    }

    /// <summary>A goal of at most so much.</summary>
    public static Row AtMost(Row row, double goal) => row with { Goal = string.Create(CultureInfo.InvariantCulture, $"≤ {goal:0.##} {row.Unit}"), Holds = row.P50 <= goal };

    static string Line(Row row)
    {
        var peer = row.Peer is null ? "" : row.PeerValue is { } value ? string.Create(CultureInfo.InvariantCulture, $"{row.Peer} {value:0.##}") : row.Peer;
        var holds = row.Holds switch { true => "yes", false => "NO", null => "" };
        return string.Create(CultureInfo.InvariantCulture,
            $"{row.Measure,-52} {row.P50,7:0.00} {row.Unit,-2} {row.P95,10:0.00}  {peer,-34} {row.Ratio,7:0.0} {row.Limit,9:0.00}  {row.Goal,-38} {holds}");
    }

    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(percent / 100 * sorted.Count))];
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 50);
}
