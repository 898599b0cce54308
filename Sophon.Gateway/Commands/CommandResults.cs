using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Metrics;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>Ends commands: by the Node's result, or by the Gateway's own judgement when none comes.</summary>
sealed class CommandResults(
    CommandLedger ledger, KeptResults kept, StoreWriter writer, IDbContextFactory<GatewayDb> databases, AuditLog audit, GatewayMetrics metrics, TimeProvider time,
    ILogger<CommandResults> logger)
{
    /// <summary>Takes a Node's result.</summary>
    /// <returns>True when it is stored or never will be; false when the Node has to send it again.</returns>
    public async Task<bool> TakeAsync(string nodeId, CommandResult? result)
    {
        if (result?.CommandId is not { Length: > 0 and <= WireLimits.MaxCommandIdLength } || result.NodeId != nodeId || !result.Status.IsFinal())
        {
            logger.LogWarning("{NodeId} sent a result that has no commandId, no final status or another node's id; it is not stored", nodeId);
            return true;
        }

        try
        {
            if (ledger.Find(result.CommandId) is { } open)
            {
                if (IsForeign(open.Record, nodeId)) return true;
                return await SettleAsync(open, record => Merge(record, result)) || await TakeLateAsync(nodeId, result);
            }

            return await TakeLateAsync(nodeId, result);
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Ends a command without the Node. Does nothing when it is over already.</summary>
    /// <exception cref="StoreException">It could not be stored; the command is open still.</exception>
    public Task<bool> GiveUpAsync(OpenCommand open, CommandStatus status, ErrorCode code, string message) =>
        SettleAsync(open, record => GivenUp(record, status, code, message));

    /// <summary>Ends a command that a person rejected, or that nobody approved. Does nothing when it does not wait for an approval any more.</summary>
    /// <param name="by">Null when nobody decided.</param>
    /// <exception cref="StoreException">It could not be stored; the command is open still.</exception>
    public Task<bool> DenyAsync(OpenCommand open, string message, Caller? by) => SettleAsync(open, record => record.Status == CommandStatus.AwaitingApproval
        ? GivenUp(record, CommandStatus.Denied, ErrorCode.ApprovalRejected, message) with { DecidedBy = by?.Name, DecidedAt = by is null ? null : time.GetUtcNow() }
        : null, by);

    CommandRecord GivenUp(CommandRecord record, CommandStatus status, ErrorCode code, string message) => record with
    {
        Status = status,
        ErrorCode = code,
        ErrorMessage = message,
        CompletedAt = time.GetUtcNow(),
        SettledBy = Settler.Gateway,
    };

    /// <param name="end">Null leaves it as it is.</param>
    /// <param name="rejectedBy">Null when no person ended it.</param>
    async Task<bool> SettleAsync(OpenCommand open, Func<CommandRecord, CommandRecord?> end, Caller? rejectedBy = null)
    {
        await open.Settling.WaitAsync();
        try
        {
            if (open.Record.Status.IsFinal()) return false;
            if (end(open.Record) is not { } final) return false;
            var stored = kept.ForStore(final, open.HasWaiters);
            await writer.WriteAsync(db =>
            {
                db.Commands.Update(stored);
                audit.Add(db, stored, rejectedBy is null ? AuditAction.CommandFinished : AuditAction.CommandRejected, Words(stored), rejectedBy);
            });
            open.Finish(final);
            metrics.Ended(open, final);
            ledger.Remove(open);
            return true;
        }
        finally
        {
            open.Settling.Release();
        }
    }

    /// <summary>For a command that is over: a repetition changes nothing, the truth replaces what the Gateway had assumed.</summary>
    async Task<bool> TakeLateAsync(string nodeId, CommandResult result)
    {
        await using var db = await databases.CreateDbContextAsync();
        var record = await db.Commands.AsNoTracking().FirstOrDefaultAsync(command => command.Id == result.CommandId);
        if (record is null)
        {
            logger.LogWarning("{NodeId} sent a result for a command that is not known; it is not stored", nodeId);
            return true;
        }

        if (IsForeign(record, nodeId) || record.SettledBy != Settler.Gateway) return true;
        var stored = kept.ForStore(Merge(record, result) with { Late = true }, hasWaiters: false);

        // Two late copies may cross: the first one is kept.
        await writer.WriteAsync(store =>
        {
            if (!store.Commands.Any(command => command.Id == stored.Id && command.SettledBy == Settler.Gateway)) return;
            store.Commands.Update(stored);
            audit.Add(store, stored, AuditAction.CommandFinished, Words(stored) + ", late");
        });
        ledger.Publish(stored);
        return true;
    }

    /// <summary>Never the message: it may quote what was typed.</summary>
    static string Words(CommandRecord command) =>
        $"{command.Type} {JsonNamingPolicy.CamelCase.ConvertName(command.Status.ToString())}{(command.ErrorCode is { } code ? ": " + Problem.NameOf(code) : "")}";

    bool IsForeign(CommandRecord record, string nodeId)
    {
        if (record.NodeId == nodeId) return false;
        logger.LogWarning("{NodeId} sent a result for a command of {OwnerId}; it is not stored", nodeId, record.NodeId);
        return true;
    }

    CommandRecord Merge(CommandRecord record, CommandResult result)
    {
        var json = result.Result?.GetRawText();
        return record with
        {
            Status = result.Status,
            Result = json,
            Image = result.Image,
            ResultBytes = ResultImages.Size(json, result.Image),
            ErrorCode = result.Error?.Code,
            ErrorMessage = result.Error?.Message,
            ErrorDetail = result.Error?.Detail?.GetRawText(),
            StartedAt = result.StartedAt,
            DurationMs = double.IsFinite(result.DurationMs) && result.DurationMs > 0 ? result.DurationMs : 0,
            CompletedAt = time.GetUtcNow(),
            SettledBy = Settler.Node,
        };
    }
}
