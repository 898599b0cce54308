using System.Text.Json;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>A command without a final status, and who waits for it.</summary>
sealed class OpenCommand(CommandRecord record, long createdStamp, TimeSpan life)
{
    readonly Lock gate = new();
    readonly TaskCompletionSource<CommandRecord> finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiters;

    /// <summary>As it stands; replaced at each step.</summary>
    public CommandRecord Record { get; private set; } = record;

    public OutputBuffer Output { get; } = new();

    /// <summary>One at a time decides how it ends.</summary>
    public SemaphoreSlim Settling { get; } = new(1);

    /// <summary>When the Gateway gives up on what it waits for: this long after <see cref="Stamp"/>.</summary>
    public TimeSpan Life { get; private set; } = life;

    /// <summary>Of the monotonic clock: when it was accepted, or approved.</summary>
    public long Stamp { get; private set; } = createdStamp;

    /// <summary>The connection that it was sent on; null when it was not, or on one before the Gateway's restart.</summary>
    public NodeConnection? SentOn { get; private set; }

    /// <summary>When it was last sent; of a command from before the Gateway's restart, when it was taken in.</summary>
    public DateTimeOffset SentAt { get; private set; } = record.CreatedAt;

    /// <summary>It may have reached the Node.</summary>
    public bool MaybeSent { get; private set; } = record.Status == CommandStatus.Running;

    /// <summary>Somebody waits for the result right now.</summary>
    public bool HasWaiters => Volatile.Read(ref waiters) > 0;

    public ExecuteCommand Message() => new(
        Record.Id, Record.Type, JsonElement.Parse(Record.Parameters ?? "{}"), Record.TimeoutSeconds, Record.CreatedAt);

    /// <summary>True once for the first sender; after that only for another connection, when <see cref="AllowResend"/> was called.</summary>
    public bool TryBeginSend(NodeConnection connection, DateTimeOffset now)
    {
        lock (gate)
        {
            if (MaybeSent || Record.Status == CommandStatus.AwaitingApproval || Record.Status.IsFinal()) return false;
            (MaybeSent, SentOn, SentAt) = (true, connection, now);
            Record = Record with { Status = CommandStatus.Running };
            return true;
        }
    }

    /// <summary>The Node tells repetitions apart (capability <c>journal</c>): it may be sent again on this connection.</summary>
    public bool AllowResend(NodeConnection connection)
    {
        lock (gate)
        {
            if (!MaybeSent || SentOn == connection || Record.Status.IsFinal()) return false;
            MaybeSent = false;
            return true;
        }
    }

    /// <summary>Stops a command that was never sent from being sent.</summary>
    public bool TryWithdraw()
    {
        lock (gate)
        {
            if (MaybeSent) return false;
            MaybeSent = true;
            return true;
        }
    }

    /// <summary>A person has approved it: it may be sent, and its time begins.</summary>
    public void Release(CommandRecord approved, long stamp, TimeSpan life)
    {
        lock (gate) (Record, Stamp, Life) = (approved, stamp, life);
    }

    /// <summary>The Gateway waits at least this long from now; never shorter than before.</summary>
    public void Extend(TimeProvider time, TimeSpan life)
    {
        lock (gate)
        {
            if (Record.Status == CommandStatus.Running && Life - time.GetElapsedTime(Stamp) < life) (Stamp, Life) = (time.GetTimestamp(), life);
        }
    }

    /// <summary>What it has waited for all the time that there is.</summary>
    public Overdue OverdueAt(TimeProvider time)
    {
        lock (gate)
            return time.GetElapsedTime(Stamp) < Life ? Overdue.Nothing
                : Record.Status == CommandStatus.AwaitingApproval ? Overdue.Approval
                : Overdue.Result;
    }

    /// <summary>Waits for the final status. Who stops waiting does not stop the command.</summary>
    public async Task<CommandRecord> WaitAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiters);
        try
        {
            return await finished.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiters);
        }
    }

    /// <summary>It is over, and stored.</summary>
    public void Finish(CommandRecord final)
    {
        lock (gate) Record = final;
        finished.TrySetResult(final);
    }

    /// <summary>It never got in.</summary>
    public void Refuse(Exception error)
    {
        finished.TrySetException(error);
        _ = finished.Task.Exception; // nobody may be waiting
    }
}

/// <summary>What did not come in time.</summary>
enum Overdue
{
    Nothing,
    Approval,
    Result,
}
