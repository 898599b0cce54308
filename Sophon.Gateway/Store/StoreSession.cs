using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Sophon.Gateway.Store;

/// <summary>The connection that writes. It is opened when it is needed, and anew after any failure.</summary>
/// <param name="owns">No other Gateway may write beside it; false for what a verb of the command line writes while a Gateway runs.</param>
sealed class StoreSession(IDbContextFactory<GatewayDb> databases, bool owns) : IAsyncDisposable
{
    GatewayDb? open;

    /// <summary>
    /// Applies changes one after the other in one transaction. Where the store's provider calls a failure transient (a server that
    /// restarts, a connection that broke) all of it is done again, a few times within seconds; a commit whose answer got lost is not done twice.
    /// </summary>
    public async Task CommitAsync(IReadOnlyList<Action<GatewayDb>> changes)
    {
        await using var any = await databases.CreateDbContextAsync();
        string? unanswered = null;
        await any.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            try
            {
                var db = open ??= await OpenAsync();
                if (unanswered is not null && await db.HasCommittedAsync(unanswered)) return;
                unanswered = null;

                await using var transaction = await db.Database.BeginTransactionAsync();
                foreach (var apply in changes)
                {
                    apply(db);
                    await db.SaveChangesAsync();
                    db.ChangeTracker.Clear();
                }

                unanswered = await db.TransactionAsync();
                await transaction.CommitAsync();
            }
            catch
            {
                await DisposeAsync();
                throw;
            }
        });
    }

    /// <summary>See <see cref="GatewayDb.WipeAsync"/>.</summary>
    public Task WipeAsync() => open?.WipeAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (open is not { } db) return;
        open = null;
        try
        {
            if (owns) await db.DisownAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // The connection is broken, and nothing is held by it.
        }
        finally
        {
            await db.DisposeAsync();
        }
    }

    async Task<GatewayDb> OpenAsync()
    {
        var db = await databases.CreateDbContextAsync();
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.OpenConnectionAsync();
            if (owns) await db.OwnAsync();
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
