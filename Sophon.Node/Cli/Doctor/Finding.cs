using System.Text.Json.Serialization;

namespace Sophon.Node.Cli.Doctor;

enum Verdict { Good, Note, Bad }

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Cure">What to do, as a command where there is one; null when nothing is to do.</param>
sealed record Finding(string Area, string Subject, Verdict Verdict, string Detail, string? Cure = null)
{
    public static Finding Good(string area, string subject, string detail) => new(area, subject, Verdict.Good, detail);

    public static Finding Note(string area, string subject, string detail, string? cure = null) => new(area, subject, Verdict.Note, detail, cure);

    public static Finding Bad(string area, string subject, string detail, string cure) => new(area, subject, Verdict.Bad, detail, cure);
}

/// <param name="Healthy">Nothing is bad.</param>
sealed record DoctorReport(bool Healthy, IReadOnlyList<Finding> Findings);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, Converters = [typeof(VerdictText)])]
[JsonSerializable(typeof(DoctorReport))]
sealed partial class DoctorJson : JsonSerializerContext;

sealed class VerdictText() : JsonStringEnumConverter<Verdict>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
