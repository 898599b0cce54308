using System.Text;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Audit;

static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/audit").WithTags("Audit").RequireAuthorization(ApiPolicies.Manage)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        api.MapGet("/", (string? user, string? node, string? action, DateTimeOffset? from, DateTimeOffset? to, int? limit, long? before, AuditTrail trail, CancellationToken cancellationToken) =>
                trail.ReadAsync(Filter(user, node, action, from, to), Limit(limit), before, cancellationToken))
            .WithSummary("Who did what to which node and when")
            .WithDescription("The newest first. user is a name, node an id, action one or more of the actions separated by commas; from and to are times. limit is 1 to 1000; before takes the next of the page before.");

        api.MapGet("/export", (string? format, string? user, string? node, string? action, DateTimeOffset? from, DateTimeOffset? to, HttpContext http, AuditTrail trail) =>
                Export(format, Filter(user, node, action, from, to), http, trail))
            .WithSummary("The audit as a file")
            .WithDescription("format is csv or json; the filters are those of the list. The oldest first, of any length.")
            .Produces<IEnumerable<AuditView>>(StatusCodes.Status200OK, "application/json", "text/csv");
    }

    static IResult Export(string? format, AuditFilter filter, HttpContext http, AuditTrail trail)
    {
        if (format is not ("csv" or "json" or null)) throw new ProblemException(Problem.Invalid("format", "format takes csv or json."));
        var name = $"sophon-audit-{DateTimeOffset.UtcNow.UtcDateTime:yyyyMMdd}.{format ?? "json"}";
        if (format == "csv") return Results.Stream(stream => WriteAsync(stream, trail.StreamAsync(filter, http.RequestAborted), http.RequestAborted), "text/csv; charset=utf-8", name);
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        return Results.Ok(trail.StreamAsync(filter, http.RequestAborted));
    }

    static async Task WriteAsync(Stream stream, IAsyncEnumerable<AuditView> lines, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(AuditCsv.Header.AsMemory(), cancellationToken);
        await foreach (var line in lines) await writer.WriteAsync(AuditCsv.Line(line).AsMemory(), cancellationToken);
    }

    static AuditFilter Filter(string? user, string? node, string? action, DateTimeOffset? from, DateTimeOffset? to) =>
        new(user, node, [.. (action ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Action)], from, to);

    static AuditAction Action(string name) => Enum.TryParse<AuditAction>(name, ignoreCase: true, out var action) && !int.TryParse(name, out _)
        ? action
        : throw new ProblemException(Problem.Invalid("action", $"action takes one or more of {string.Join(", ", Enum.GetNames<AuditAction>().Select(known => char.ToLowerInvariant(known[0]) + known[1..]))}."));

    static int Limit(int? limit) => limit switch
    {
        null => AuditTrail.DefaultPage,
        >= 1 and <= AuditTrail.LargestPage => limit.Value,
        _ => throw new ProblemException(Problem.Invalid("limit", $"limit is {limit}; it takes a whole number, 1 to {AuditTrail.LargestPage}.")),
    };
}
