using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Audit;

/// <summary>What to look for; everything that is given has to fit.</summary>
/// <param name="User">A user's name, any case, or a token's.</param>
/// <param name="Node">A node's id.</param>
/// <param name="From">From this time on.</param>
/// <param name="To">Before this time.</param>
public sealed record AuditFilter(string? User = null, string? Node = null, IReadOnlyList<AuditAction>? Actions = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>One line of the audit.</summary>
public sealed record AuditView(
    long Id, DateTimeOffset At, string Actor, string? ActorId, AuditAction Action, string? NodeId, string? NodeName, string? CommandId, string? Detail, string? Address)
{
    internal static AuditView Of(AuditRecord record) => new(
        record.Id, record.At, record.Actor, record.ActorId, record.Action, record.NodeId, record.NodeName, record.CommandId, record.Detail, record.Address);
}

/// <summary>A page, the newest line first.</summary>
/// <param name="Next">Give it as <c>before</c> to get the next page; absent on the last one.</param>
public sealed record AuditPage(IReadOnlyList<AuditView> Items, long? Next);

/// <summary>Reads the audit.</summary>
sealed class AuditTrail(IDbContextFactory<GatewayDb> databases)
{
    public const int DefaultPage = 100;
    public const int LargestPage = 1_000;

    public async Task<AuditPage> ReadAsync(AuditFilter filter, int limit = DefaultPage, long? before = null, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var query = Matching(db, filter);
        if (before is { } id) query = query.Where(record => record.Id < id);
        var records = await query.OrderByDescending(record => record.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return new AuditPage([.. records.Take(limit).Select(AuditView.Of)], records.Count > limit ? records[limit - 1].Id : null);
    }

    /// <summary>
    /// All that fits, the oldest first, for an export of any length. Read piece by piece: one long read would keep the store's log
    /// from being emptied for as long as somebody takes to download it.
    /// </summary>
    public async IAsyncEnumerable<AuditView> StreamAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = 0L;
        while (true)
        {
            List<AuditRecord> piece;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
                piece = await Matching(db, filter).Where(record => record.Id > after).OrderBy(record => record.Id).Take(LargestPage).ToListAsync(cancellationToken);
            foreach (var record in piece) yield return AuditView.Of(record);
            if (piece.Count < LargestPage) yield break;
            after = piece[^1].Id;
        }
    }

    static IQueryable<AuditRecord> Matching(GatewayDb db, AuditFilter filter)
    {
        var query = db.Audit.AsNoTracking();
        if (filter.User is { Length: > 0 } user)
        {
            var name = user.ToLowerInvariant(); // user names are in lower case, tokens' as they were typed
            query = query.Where(record => record.Actor == user || record.Actor == name);
        }

        if (filter.Node is { Length: > 0 } node) query = query.Where(record => record.NodeId == node);
        if (filter.Actions is { Count: > 0 } actions) query = query.Where(record => actions.Contains(record.Action));
        if (filter.From is { } from) query = query.Where(record => record.At >= from);
        if (filter.To is { } to) query = query.Where(record => record.At < to);
        return query;
    }
}
