using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sophon.Gateway.Cli;

/// <summary>How answers are shown.</summary>
static class Printing
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string OnOneLine(JsonNode? json) => json?.ToJsonString(Compact) ?? "null";

    public static string Indented(JsonNode? json) => json?.ToJsonString(Readable) ?? "";

    /// <summary>Columns as wide as their widest cell.</summary>
    public static void Table(TextWriter output, IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(headers).Select(row => row.Select(OneLine).ToArray()).ToList();
        var widths = headers.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>Asks a person at a terminal; a script has made up its mind.</summary>
    public static bool Confirm(ParseResult parsed, string question, bool yes)
    {
        if (yes || Console.IsInputRedirected) return true;
        parsed.InvocationConfiguration.Error.Write(question + " [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Names come from people and machines: no control characters reach the terminal.</summary>
    static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
}
