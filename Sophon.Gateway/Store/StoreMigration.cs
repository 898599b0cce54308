using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Sophon.Gateway.Store;

/// <summary>Brings the store to this version's form.</summary>
static class StoreMigration
{
    /// <exception cref="DbException">The store can't be opened or changed.</exception>
    public static async Task RunAsync(GatewayDb db, CancellationToken cancellationToken)
    {
        // Readers don't wait for the writer, and a commit is one append. The mode is kept in the file.
        if (db is SqliteGatewayDb) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return;

        // EF locks by a row in SQLite; of a Gateway that was killed while it migrated the row would stay, and every later start wait for ever.
        // The data folder has one owner, so nobody else can be migrating.
        if (db is SqliteGatewayDb && await HasLockTableAsync(db, cancellationToken))
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    static async Task<bool> HasLockTableAsync(GatewayDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken) > 0;
}
