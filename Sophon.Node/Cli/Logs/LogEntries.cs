using System.Text.RegularExpressions;
using Serilog.Events;

namespace Sophon.Node.Cli.Logs;

/// <summary>Puts the lines of a log file together to entries: an exception's lines belong to the line before them.</summary>
sealed partial class LogEntries(LogEventLevel least)
{
    bool shows;

    /// <summary>Whether a line belongs to an entry of the wanted level. Lines come in the file's order.</summary>
    public bool Shows(string line)
    {
        if (Head().Match(line) is { Success: true } head) shows = LevelOf(head.Groups[1].Value) >= least;
        return shows;
    }

    public static bool IsHead(string line) => Head().IsMatch(line);

    static LogEventLevel LevelOf(string name) => name switch
    {
        "VRB" => LogEventLevel.Verbose,
        "DBG" => LogEventLevel.Debug,
        "INF" => LogEventLevel.Information,
        "WRN" => LogEventLevel.Warning,
        "ERR" => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \S+ \[(\w{3})\]", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
