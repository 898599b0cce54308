using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Sophon.Gateway.Audit;

/// <summary>The audit for a spreadsheet (RFC 4180). Names come from anybody: what a spreadsheet would take for a formula is marked as text.</summary>
static class AuditCsv
{
    static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n'\t ");

    public const string Header = "id,at,actor,actorId,action,nodeId,nodeName,commandId,detail,address\r\n";

    public static string Line(AuditView line) => string.Join(',', new[]
    {
        line.Id.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), line.Actor, line.ActorId,
        JsonNamingPolicy.CamelCase.ConvertName(line.Action.ToString()), line.NodeId, line.NodeName, line.CommandId, line.Detail, line.Address,
    }.Select(Cell)) + "\r\n";

    /// <summary>Quoted where it has to be; with an apostrophe before what would be calculated.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var safe = text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || text[0] is '\t' or '\r' or '\n' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
