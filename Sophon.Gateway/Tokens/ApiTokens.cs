using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Tokens;

/// <summary>Makes and checks tokens of the REST API: <c>sg_{id}.{secret}</c>.</summary>
sealed class ApiTokens(IDbContextFactory<GatewayDb> databases, TimeProvider time)
{
    /// <summary>Another process (<c>sophon-gateway admin token</c>) may add or revoke one: seen after this time.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    const int Remembered = 1_000;

    readonly ConcurrentDictionary<string, (ApiTokenRecord Record, long ReadAt)> known = new();

    /// <returns>The token itself: the only time it is seen.</returns>
    public async Task<string> CreateAsync(string name, GatewayRole role, CancellationToken cancellationToken)
    {
        var id = "sg_" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8);
        var secret = NodeToken.RandomSecret();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ApiTokens.Add(new ApiTokenRecord
        {
            Id = id,
            Name = name,
            SecretHash = NodeToken.HashOf(secret),
            Role = role,
            CreatedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        return $"{id}.{secret}";
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
        return NodeToken.Matches(token.Secret, record?.SecretHash ?? NoHash) && record is { RevokedAt: null } ? record : null;
    }

    static readonly string NoHash = new('0', 64);

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
