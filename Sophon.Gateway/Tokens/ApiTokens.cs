using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Tokens;

/// <summary>Makes, checks and revokes tokens of the REST API: <c>sg_{id}.{secret}</c>.</summary>
sealed class ApiTokens(IDbContextFactory<GatewayDb> databases, StoreWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>Another process (<c>sophon-gateway admin token</c>) may add one: seen after this time.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    const int Remembered = 1_000;

    /// <summary>A token was made, used or revoked in this process; its id.</summary>
    public event Action<string>? Changed;

    readonly ConcurrentDictionary<string, (ApiTokenRecord Record, long ReadAt)> known = new();

    /// <returns>What is kept of the token, and the token itself: the only time it is seen.</returns>
    /// <exception cref="ProblemException">Something of it can't be used.</exception>
    public async Task<(ApiTokenRecord Record, string Token)> CreateAsync(Caller by, NewApiToken token)
    {
        var now = time.GetUtcNow();
        var secret = NodeToken.RandomSecret();
        var record = new ApiTokenRecord
        {
            Id = "sg_" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8),
            Name = ApiTokenChecks.Name(token.Name),
            SecretHash = NodeToken.HashOf(secret),
            Role = token.Role,
            Nodes = ApiTokenChecks.Nodes(token.Nodes),
            PreApproved = token.PreApproved,
            CreatedAt = now,
            CreatedBy = by.Name,
            ExpiresAt = ApiTokenChecks.ExpiresAt(token.ExpiresAt, now),
        };
        await writer.DecideAsync(db =>
        {
            foreach (var node in record.Nodes.Where(node => !db.Nodes.Any(present => present.Id == node)))
                throw new ProblemException(Problem.Invalid("nodes", $"There is no node {node}; nodes takes ids of registered nodes."));
            audit.Add(db, by, AuditAction.TokenCreated, $"{record.Id} \"{record.Name}\", {record.Role.ToString().ToLowerInvariant()}{(record.Nodes.Count > 0 ? ", for " + string.Join(", ", record.Nodes) : "")}{(record.PreApproved ? ", pre-approved" : "")}");
            return db.ApiTokens.Add(record);
        });
        Changed?.Invoke(record.Id);
        return (record, $"{record.Id}.{secret}");
    }

    /// <summary>All of them, the newest first; also those that count no longer.</summary>
    public async Task<IReadOnlyList<ApiTokenRecord>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AsNoTracking().OrderByDescending(token => token.CreatedAt).ThenBy(token => token.Id).ToListAsync(cancellationToken);
    }

    /// <summary>It counts no longer, from now on. Revoking it again changes nothing.</summary>
    /// <exception cref="ProblemException">There is none of that id.</exception>
    public async Task<ApiTokenRecord> RevokeAsync(Caller by, string id)
    {
        var revoked = await writer.DecideAsync(db =>
        {
            var present = db.ApiTokens.AsNoTracking().FirstOrDefault(token => token.Id == id)
                ?? throw new ProblemException(Problem.NotFound("There is no API token of that id."));
            if (present.RevokedAt is not null) return present;
            var next = present with { RevokedAt = time.GetUtcNow() };
            db.ApiTokens.Update(next);
            audit.Add(db, by, AuditAction.TokenRevoked, $"{next.Id} \"{next.Name}\"");
            return next;
        });
        known.TryRemove(id, out _);
        Changed?.Invoke(id);
        return revoked;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AnyAsync(token => token.RevokedAt == null, cancellationToken);
    }

    /// <returns>Null when the token doesn't count.</returns>
    public async Task<ApiTokenRecord?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!NodeToken.TryParse(text, out var token)) return null;
        var record = await ReadAsync(token.NodeId, cancellationToken);
        if (!NodeToken.Matches(token.Secret, record?.SecretHash ?? NoHash) || record is not { RevokedAt: null } || record.ExpiresAt <= time.GetUtcNow()) return null;
        Used(record);
        return record;
    }

    static readonly string NoHash = new('0', 64);

    void Used(ApiTokenRecord record)
    {
        var now = time.GetUtcNow();
        if (record.LastUsedAt + UsePrecision > now) return;
        if (!known.TryGetValue(record.Id, out var entry) || !known.TryUpdate(record.Id, (record with { LastUsedAt = now }, entry.ReadAt), entry)) return;
        writer.WriteBehind(db =>
        {
            db.ApiTokens.Where(token => token.Id == record.Id).ExecuteUpdate(set => set.SetProperty(token => token.LastUsedAt, now));
            Changed?.Invoke(record.Id);
        });
    }

    async Task<ApiTokenRecord?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var entry) && time.GetElapsedTime(entry.ReadAt) < Freshness) return entry.Record;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var record = await db.ApiTokens.AsNoTracking().FirstOrDefaultAsync(token => token.Id == id, cancellationToken);
        if (record is null) return null;
        if (known.Count >= Remembered) known.Clear();
        known[id] = (record, time.GetTimestamp());
        return record;
    }
}
