using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Commands;

/// <summary>Commands that are not over, in memory; all of them, over or not, are in the store.</summary>
sealed class CommandLedger(IDbContextFactory<GatewayDb> databases, GatewaySettings settings, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Open commands that one Node may have; past it they are refused as busy.</summary>
    public const int MostOpenPerNode = 4_096;

    /// <summary>After the Gateway's restart a Node has at least this long to come back and tell what became of a command.</summary>
    static readonly TimeSpan ReturnTime = TimeSpan.FromMinutes(1);

    /// <summary>A Node asks about one command at a time, and lets few wait: what takes longer is no person thinking.</summary>
    static readonly TimeSpan LongestConsent = TimeSpan.FromMinutes(20);

    readonly ConcurrentDictionary<string, OpenCommand> open = new();
    readonly ConcurrentDictionary<string, int> counts = new();

    public IEnumerable<OpenCommand> All => open.Values;

    public OpenCommand? Find(string commandId) => open.GetValueOrDefault(commandId);

    public int CountOf(string nodeId) => counts.GetValueOrDefault(nodeId);

    public IEnumerable<OpenCommand> Of(string nodeId) => open.Values.Where(command => command.Record.NodeId == nodeId);

    /// <summary>How long the Gateway waits for a command's result before it gives up on it.</summary>
    public TimeSpan LifeOf(CommandRecord record) => TimeSpan.FromSeconds(record.TimeoutSeconds) + settings.ResultGrace;

    /// <summary>The Node's person is asked: the command's own time begins with their answer, and so does the Gateway's patience.</summary>
    public void AwaitConsent(OpenCommand command, int answerWithinSeconds)
    {
        var patience = TimeSpan.FromSeconds(Math.Clamp(answerWithinSeconds, 0, (int)LongestConsent.TotalSeconds));
        if (time.GetUtcNow() - command.SentAt < LongestConsent) command.Extend(time, patience + LifeOf(command.Record));
    }

    /// <summary>Opens a command, unless one of that id is open.</summary>
    /// <returns>The one that is open then.</returns>
    public OpenCommand GetOrAdd(CommandRecord record, out bool added)
    {
        var command = new OpenCommand(record, time.GetTimestamp(), record.Status == CommandStatus.AwaitingApproval ? settings.Approvals.Expiry : LifeOf(record));
        var present = open.GetOrAdd(record.Id, command);
        added = ReferenceEquals(present, command);
        if (!added) return present;
        counts.AddOrUpdate(record.NodeId, 1, (_, count) => count + 1);
        Publish(record);
        return present;
    }

    public void Remove(OpenCommand command)
    {
        if (!open.TryRemove(KeyValuePair.Create(command.Record.Id, command))) return;
        counts.AddOrUpdate(command.Record.NodeId, 0, (_, count) => count - 1);
        Publish(command.Record);
    }

    /// <summary>Tells who looks that a command is no longer as it was.</summary>
    public void Publish(CommandRecord record)
    {
        if (record.ApprovalExpiresAt is not null) feed.Publish(Topic.Approvals, record.Id);
        feed.Publish(Topic.Commands, record.Id);
        feed.Publish(Topic.Nodes, record.NodeId);
    }

    /// <summary>Takes up what was open when the Gateway ended.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unfinished = db.Commands.AsNoTracking().Where(command => command.Status == CommandStatus.Running || command.Status == CommandStatus.AwaitingApproval);
        await foreach (var record in unfinished.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            open[record.Id] = new OpenCommand(record, time.GetTimestamp(), LeftOf(record, time.GetUtcNow()));
            counts.AddOrUpdate(record.NodeId, 1, (_, count) => count + 1);
        }
    }

    /// <summary>An approval waits for a person and not for the Node: it gets no more time than it had.</summary>
    TimeSpan LeftOf(CommandRecord record, DateTimeOffset now)
    {
        if (record is { Status: CommandStatus.AwaitingApproval, ApprovalExpiresAt: { } expires }) return expires - now;
        var left = record.ReleasedAt + LifeOf(record) - now;
        return left > ReturnTime ? left : ReturnTime;
    }
}
