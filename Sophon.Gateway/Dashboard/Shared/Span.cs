using System.Globalization;

namespace Sophon.Gateway.Dashboard.Shared;

/// <summary>How long something lasts or took, as people say it.</summary>
static class Span
{
    public static string Of(TimeSpan span) => span.TotalSeconds switch
    {
        < 0 => "0 s",
        < 60 => $"{(int)span.TotalSeconds} s",
        < 3600 => $"{(int)span.TotalMinutes} min",
        < 172_800 => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} days {span.Hours} h",
    };

    /// <param name="ms">Null or 0: it never started.</param>
    public static string OfMilliseconds(double? ms) => ms switch
    {
        null or 0 => "–",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000:0.0} s"),
    };
}
