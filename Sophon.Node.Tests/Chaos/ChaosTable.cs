using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>
/// The rows of a run, as one aligned table. SOPHON_CHAOS_TABLE names the file: it is written anew after each scenario, so that a run
/// that is stopped shows what it had; the rows themselves stand beside it, one JSON object a line.
/// </summary>
static class ChaosTable
{
    const string Variable = "SOPHON_CHAOS_TABLE";

    static readonly Lock Gate = new();
    static readonly List<ChaosRow> Rows = [];
    static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs a scenario, notes its rows, and fails when one of them does not hold. One that throws is a row too.</summary>
    public static async Task HoldAsync(string line, Func<Task<IReadOnlyList<ChaosRow>>> scenario)
    {
        IReadOnlyList<ChaosRow> rows;
        try
        {
            rows = await scenario();
        }
        catch (Exception error)
        {
            Note([new ChaosRow(line, scenario.Method.Name, "1 ×", error.Message.Split('\n')[0], "", Holds: false)]);
            throw;
        }

        Note(rows);
        AssertHolds(rows);
    }

    /// <summary>For the short form of a scenario, which is a test like others.</summary>
    public static void AssertHolds(IEnumerable<ChaosRow> rows) => Assert.All(rows, row => Assert.True(row.Holds, Render([row])));

    public static string Render(IEnumerable<ChaosRow> rows)
    {
        List<string[]> cells = [["line", "what was done", "how often", "figure", "limit", "holds"]];
        cells.AddRange(rows.OrderBy(row => Number(row.Line)).ThenBy(row => row.Line, StringComparer.Ordinal)
            .Select(row => new[] { row.Line, row.Done, row.Often, row.Figure, row.Limit, row.Holds ? "yes" : "NO" }));
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        var table = new StringBuilder();
        foreach (var row in cells)
            table.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).AppendLine(" |");
        table.Insert(table.ToString().IndexOf('\n') + 1, $"| {string.Join(" | ", widths.Select(width => new string('-', width)))} |{Environment.NewLine}");
        return table.ToString();
    }

    // What has no number stands last: the lines that the issue adds.
    static int Number(string line) => int.TryParse(string.Concat(line.TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    static void Note(IReadOnlyList<ChaosRow> rows)
    {
        lock (Gate)
        {
            Rows.AddRange(rows);
            TestContext.Current.TestOutputHelper?.WriteLine(Render(rows));
            if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file) return;
            File.WriteAllText(file, Render(Rows));
            File.AppendAllLines(file + ".jsonl", rows.Select(row => JsonSerializer.Serialize(row, Written)));
        }
    }
}
