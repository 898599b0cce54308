using System.Text.Json;
using Spectre.Console;

namespace Sophon.Node.Cli.Doctor;

/// <summary>A table for a terminal, one line each for a pipe, JSON for scripts.</summary>
static class DoctorPrinter
{
    public static string Json(DoctorReport report) => JsonSerializer.Serialize(report, DoctorJson.Default.DoctorReport);

    public static IEnumerable<string> Lines(DoctorReport report)
    {
        var subject = report.Findings.Max(finding => finding.Subject.Length);
        foreach (var finding in report.Findings)
        {
            yield return $"{WordOf(finding.Verdict),-4} {finding.Area,-8} {finding.Subject.PadRight(subject)}  {finding.Detail}";
            if (finding.Cure is not null) yield return $"     cure: {finding.Cure}";
        }

        yield return Summary(report);
    }

    public static void Table(DoctorReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "Area", "What", "Seen, and the cure");
        foreach (var finding in report.Findings)
        {
            var seen = Markup.Escape(finding.Detail) + (finding.Cure is null ? "" : $"\n[yellow]{Markup.Escape(finding.Cure)}[/]");
            table.AddRow($"[{ColourOf(finding.Verdict)}]{WordOf(finding.Verdict)}[/]", finding.Area, Markup.Escape(finding.Subject), seen);
        }

        console.Write(table);
        console.WriteLine(Summary(report));
    }

    static string Summary(DoctorReport report) =>
        report.Healthy ? "Nothing is wrong." : $"{report.Findings.Count(finding => finding.Verdict == Verdict.Bad)} of {report.Findings.Count} checks found something wrong.";

    static string WordOf(Verdict verdict) => verdict switch { Verdict.Good => "ok", Verdict.Note => "note", _ => "BAD" };

    static string ColourOf(Verdict verdict) => verdict switch { Verdict.Good => "green", Verdict.Note => "blue", _ => "red" };
}
