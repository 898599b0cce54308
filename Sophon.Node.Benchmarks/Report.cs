using System.Globalization;
using System.Text.Json;

namespace Sophon.Node.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="Goal">What it should be at most (or at least, with <paramref name="AtLeast"/>); null where there is none.</param>
public sealed record Row(string Measure, double Value, string Unit, double? Goal = null, bool AtLeast = false)
{
    public bool? Holds => Goal is { } goal ? AtLeast ? Value >= goal : Value <= goal : null;
}

/// <summary>Prints rows as they come: a table for people, or one JSON object a line.</summary>
public sealed class Report(bool json)
{
    readonly List<Row> rows = [];

    public void Add(Row row)
    {
        rows.Add(row);
        Console.WriteLine(json ? JsonSerializer.Serialize(row, JsonSerializerOptions.Web) : Line(row));
    }

    public void Head()
    {
        if (!json) Console.WriteLine($"{"measure",-58} {"value",12}         {"goal",10}  holds");
    }

    static string Line(Row row)
    {
        var goal = row.Goal is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{(row.AtLeast ? "≥" : "≤")} {limit:0.##}") : "";
        var holds = row.Holds switch { true => "yes", false => "NO", null => "" };
        return string.Create(CultureInfo.InvariantCulture, $"{row.Measure,-58} {row.Value,12:0.00} {row.Unit,-7} {goal,10}  {holds}");
    }

    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(percent / 100 * sorted.Count))];
    }
}
