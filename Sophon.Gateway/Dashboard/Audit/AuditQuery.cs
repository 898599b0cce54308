using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Audit;

/// <summary>What a person looks for in the audit, as the page's address has it and as the audit takes it.</summary>
/// <param name="From">As the browser's field gives it, in UTC, e.g. <c>2026-11-24T20:15</c>; anything else counts as nothing.</param>
public sealed record AuditQuery(string? User, string? Node, string? Action, string? From, string? To)
{
    public AuditFilter Filter => new(
        Text(User), Text(Node),
        Enum.TryParse<AuditAction>(Action, ignoreCase: true, out var action) && Enum.IsDefined(action) ? [action] : null,
        Time(From), Time(To));

    /// <summary>The address of the export with the same filter, relative to the Dashboard.</summary>
    public string Export(string format)
    {
        var query = new QueryBuilder { { "format", format } };
        var filter = Filter;
        if (filter.User is not null) query.Add("user", filter.User);
        if (filter.Node is not null) query.Add("node", filter.Node);
        if (filter.Actions is [var action]) query.Add("action", NameOf(action));
        if (filter.From is { } from) query.Add("from", from.ToString("O", CultureInfo.InvariantCulture));
        if (filter.To is { } to) query.Add("to", to.ToString("O", CultureInfo.InvariantCulture));
        return "api/audit/export" + query.ToQueryString();
    }

    /// <summary>As it travels.</summary>
    public static string NameOf(AuditAction action) => JsonNamingPolicy.CamelCase.ConvertName(action.ToString());

    static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
