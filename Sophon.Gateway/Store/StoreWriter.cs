using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store.Postgres;

namespace Sophon.Gateway.Store;

/// <summary>The change could not be written; nothing of it is in the store.</summary>
public sealed class StoreException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// The only writer of the store. Whatever has gathered while one transaction was written goes into the next one,
/// so a thousand commands at once cost a few commits, and one alone doesn't wait for company.
/// </summary>
sealed class StoreWriter(
    IDbContextFactory<GatewayDb> databases, TimeProvider time, ILogger<StoreWriter> logger, StoreOwnership? ownership = null) : IHostedService
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
        await using var session = new StoreSession(databases, owns: ownership is not null);
        var batch = new List<Change>(LargestBatch);
        var wiped = time.GetTimestamp();
        while (await changes.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && changes.Reader.TryRead(out var change)) batch.Add(change);
            await WriteBatchAsync(session, batch);
            batch.Clear();
            if (time.GetElapsedTime(wiped) < WipeInterval) continue;
            await WipeAsync(session);
            wiped = time.GetTimestamp();
        }

        await WipeAsync(session);
    }

    async Task WipeAsync(StoreSession session)
    {
        try
        {
            await session.WipeAsync();
        }
        catch (DbException error)
        {
            logger.LogWarning("The store's log could not be emptied: {Reason}", error.Message);
        }
    }

    async Task WriteBatchAsync(StoreSession session, List<Change> batch)
    {
        try
        {
            if (ownership?.Lost is { } lost) throw lost;
            await session.CommitAsync([.. batch.Select(change => change.Apply)]);
            foreach (var change in batch) change.Done.TrySetResult();
        }
        catch (Exception error) when (batch.Count == 1 || IsOfTheStore(error))
        {
            if (error is StoreTakenException taken) ownership?.GiveUp(taken);
            foreach (var change in batch) Fail(change, error);
        }
        catch (Exception)
        {
            // One of them is to blame: each on its own, so that the others get through.
            foreach (var change in batch) await WriteBatchAsync(session, [change]);
        }
    }

    /// <summary>No change is to blame, and each on its own would only fail more slowly.</summary>
    static bool IsOfTheStore(Exception error) => error is RetryLimitExceededException or StoreTakenException;

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
