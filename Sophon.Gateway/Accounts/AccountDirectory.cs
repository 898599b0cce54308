using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>Reads and changes accounts in the store. Sessions look theirs up at each request, so what was read lately is remembered.</summary>
sealed class AccountDirectory(StoreWriter writer, IDbContextFactory<GatewayDb> databases, TimeProvider time)
{
    /// <summary>Another process (<c>sophon-gateway admin create</c>) may change one: seen after this time.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, (AccountRecord? Account, long ReadAt)> known = new();

    /// <summary>An account was added, changed or removed in this process; its id.</summary>
    public event Action<string>? Changed;

    public async Task<IReadOnlyList<AccountRecord>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Accounts.AsNoTracking().OrderBy(account => account.Name).ToListAsync(cancellationToken);
    }

    /// <returns>As it was at most two seconds ago; null when there is none.</returns>
    public async Task<AccountRecord?> FindAsync(string id)
    {
        if (known.TryGetValue(id, out var entry) && time.GetElapsedTime(entry.ReadAt) < Freshness) return entry.Account;
        await using var db = await databases.CreateDbContextAsync();
        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.Id == id);
        if (known.Count >= 10_000) known.Clear();
        known[id] = (account, time.GetTimestamp());
        return account;
    }

    public async Task<AccountRecord?> FindByNameAsync(string name)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.Name == name);
    }

    /// <exception cref="ProblemException">The name is taken.</exception>
    public static AccountRecord Add(GatewayDb db, AccountRecord account)
    {
        if (db.Accounts.Any(present => present.Name == account.Name))
            throw new ProblemException(Problem.Conflict(ProblemCodes.NameTaken, $"There is a user {account.Name} already; choose another name."));
        db.Accounts.Add(account);
        return account;
    }

    /// <summary>Replaces an account by what <paramref name="change"/> makes of it; the same instance means no change.</summary>
    /// <exception cref="ProblemException">There is none of that id, or <paramref name="change"/> refuses.</exception>
    public async Task<AccountRecord> ChangeAsync(string id, Func<GatewayDb, AccountRecord, AccountRecord> change)
    {
        var account = await writer.DecideAsync(db =>
        {
            var present = db.Accounts.AsNoTracking().FirstOrDefault(account => account.Id == id) ?? throw Missing(id);
            var next = change(db, present);
            if (!ReferenceEquals(next, present)) db.Accounts.Update(next);
            return next;
        });
        Forget(id);
        return account;
    }

    /// <exception cref="ProblemException">There is none of that id, or <paramref name="check"/> refuses.</exception>
    public async Task<AccountRecord> RemoveAsync(string id, Action<GatewayDb, AccountRecord> check)
    {
        var removed = await writer.DecideAsync(db =>
        {
            var present = db.Accounts.FirstOrDefault(account => account.Id == id) ?? throw Missing(id);
            check(db, present);
            db.Accounts.Remove(present);
            return present;
        });
        Forget(id);
        return removed;
    }

    void Forget(string id)
    {
        known.TryRemove(id, out _);
        Announce(id);
    }

    /// <summary>Tells who looks that an account is new, or no longer as it was.</summary>
    public void Announce(string id) => Changed?.Invoke(id);

    static ProblemException Missing(string id) => new(Problem.NotFound($"There is no user {new string([.. id.Where(c => !char.IsControl(c)).Take(60)])}."));
}
