using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Store;

/// <summary>The change could not be written; nothing of it is in the store.</summary>
public sealed class StoreException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// The only writer of the store. Whatever has gathered while one transaction was written goes into the next one,
/// so a thousand commands at once cost a few commits, and one alone doesn't wait for company.
/// </summary>
sealed class StoreWriter(IDbContextFactory<GatewayDb> databases, TimeProvider time, ILogger<StoreWriter> logger) : IHostedService
{
    const int LargestBatch = 500;
    static readonly TimeSpan WipeInterval = TimeSpan.FromMinutes(5);

    readonly Channel<Change> changes = Channel.CreateBounded<Change>(new BoundedChannelOptions(20_000) { SingleReader = true });
    Task loop = Task.CompletedTask;

    /// <summary>Changes are written in the order of these calls.</summary>
    /// <returns>Completes when the change is in the store.</returns>
    /// <exception cref="StoreException">It is not, and will not be.</exception>
    public async Task WriteAsync(Action<GatewayDb> apply)
    {
        var change = new Change(apply);
        if (!changes.Writer.TryWrite(change)) await WaitForRoomAsync(change);
        await change.Done.Task;
    }

    /// <summary>Reads and writes in one step that nothing comes between: what <paramref name="decide"/> saw holds when it is written.</summary>
    /// <exception cref="ProblemException">Thrown by <paramref name="decide"/>; nothing is written.</exception>
    /// <exception cref="StoreException">It is not in the store, and will not be.</exception>
    public async Task<T> DecideAsync<T>(Func<GatewayDb, T> decide)
    {
        var result = default(T);
        ProblemException? refusal = null;
        await WriteAsync(db =>
        {
            // A batch that failed is run again, one by one.
            refusal = null;
            try
            {
                result = decide(db);
            }
            catch (ProblemException refused)
            {
                db.ChangeTracker.Clear();
                refusal = refused;
            }
        });
        return refusal is null ? result! : throw refusal;
    }

    /// <summary>Writes soon; a failure is only logged.</summary>
    public void WriteBehind(Action<GatewayDb> apply) => changes.Writer.TryWrite(new Change(apply));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        changes.Writer.TryComplete();
        return loop.WaitAsync(cancellationToken);
    }

    async Task WaitForRoomAsync(Change change)
    {
        try
        {
            await changes.Writer.WriteAsync(change);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreException("The Gateway is stopping.", closed);
        }
    }

    async Task RunAsync()
    {
        var batch = new List<Change>(LargestBatch);
        GatewayDb? db = null;
        var wiped = time.GetTimestamp();
        while (await changes.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && changes.Reader.TryRead(out var change)) batch.Add(change);
            db = await WriteBatchAsync(db, batch);
            batch.Clear();
            if (db is null || time.GetElapsedTime(wiped) < WipeInterval) continue;
            await WipeAsync(db);
            wiped = time.GetTimestamp();
        }

        if (db is null) return;
        await WipeAsync(db);
        await db.DisposeAsync();
    }

    async Task WipeAsync(GatewayDb db)
    {
        try
        {
            await db.WipeAsync();
        }
        catch (DbException error)
        {
            logger.LogWarning("The store's log could not be emptied: {Reason}", error.Message);
        }
    }

    async Task<GatewayDb?> WriteBatchAsync(GatewayDb? db, List<Change> batch)
    {
        try
        {
            db ??= await OpenAsync();
            await CommitAsync(db, batch);
            foreach (var change in batch) change.Done.TrySetResult();
            return db;
        }
        catch (Exception error)
        {
            if (db is not null) await db.DisposeAsync();
            if (batch.Count == 1)
            {
                Fail(batch[0], error);
                return null;
            }
        }

        // One of them is to blame: each on its own, so that the others get through.
        GatewayDb? next = null;
        foreach (var change in batch) next = await WriteBatchAsync(next, [change]);
        return next;
    }

    async Task<GatewayDb> OpenAsync()
    {
        var db = await databases.CreateDbContextAsync();
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.OpenConnectionAsync();
        return db;
    }

    static async Task CommitAsync(GatewayDb db, List<Change> batch)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var change in batch)
        {
            change.Apply(db);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync();
    }

    void Fail(Change change, Exception error)
    {
        logger.LogError(error, "The store refused a change");
        change.Done.TrySetException(new StoreException("The Gateway's store can't be written: " + error.GetBaseException().Message, error));
        _ = change.Done.Task.Exception; // a change that was written behind has nobody to observe it
    }

    sealed record Change(Action<GatewayDb> Apply)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
