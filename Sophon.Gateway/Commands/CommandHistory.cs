using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Commands;

/// <summary>Reads a node's commands page by page, the newest first, without their results.</summary>
sealed class CommandHistory(IDbContextFactory<GatewayDb> databases, CommandLedger ledger)
{
    public const int DefaultPage = 50;
    public const int LargestPage = 200;

    /// <summary>The last command of a page: the next one begins after it.</summary>
    internal readonly record struct Cursor(DateTimeOffset CreatedAt, string Id);

    public async Task<CommandPage> ReadAsync(string nodeId, int limit, Cursor? before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var query = db.Commands.AsNoTracking().Where(command => command.NodeId == nodeId);
        if (before is { CreatedAt: var time, Id: var id })
            query = query.Where(command => command.CreatedAt < time || (command.CreatedAt == time && string.Compare(command.Id, id) < 0));

        var records = await WithoutResults(query.OrderByDescending(command => command.CreatedAt).ThenByDescending(command => command.Id).Take(limit + 1))
            .ToListAsync(cancellationToken);
        var page = records.Take(limit).ToList();
        // The cursor is the time as stored: PostgreSQL keeps microseconds, memory a tenth of one.
        return new CommandPage(
            [.. page.Select(record => CommandView.Of(ledger.Find(record.Id)?.Record ?? record, withResult: false))],
            records.Count > limit ? $"{page[^1].CreatedAt.UtcTicks}-{page[^1].Id}" : null);
    }

    public static bool TryReadCursor(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (text is null) return true;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || !long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)) return false;
        if (ticks > DateTimeOffset.MaxValue.UtcTicks) return false;
        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), text[(dash + 1)..]);
        return true;
    }

    /// <summary>Leaves the two columns that can be megabytes where they are.</summary>
    static IQueryable<CommandRecord> WithoutResults(IQueryable<CommandRecord> query) => query.Select(command => new CommandRecord
    {
        Id = command.Id,
        NodeId = command.NodeId,
        Type = command.Type,
        RequestDigest = command.RequestDigest,
        TimeoutSeconds = command.TimeoutSeconds,
        RequestedBy = command.RequestedBy,
        RequestedById = command.RequestedById,
        ApprovalExpiresAt = command.ApprovalExpiresAt,
        DecidedBy = command.DecidedBy,
        DecidedAt = command.DecidedAt,
        CreatedAt = command.CreatedAt,
        Status = command.Status,
        ResultBytes = command.ResultBytes,
        ResultDropped = command.ResultDropped,
        ErrorCode = command.ErrorCode,
        ErrorMessage = command.ErrorMessage,
        ErrorDetail = command.ErrorDetail,
        StartedAt = command.StartedAt,
        DurationMs = command.DurationMs,
        CompletedAt = command.CompletedAt,
        SettledBy = command.SettledBy,
        Late = command.Late,
    });
}
