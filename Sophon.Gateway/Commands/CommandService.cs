using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Approvals;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>Admits commands and hands them to their Node.</summary>
sealed class CommandService(
    NodeDirectory directory, NodeConnections connections, CommandLedger ledger, CommandResults results, KeptResults kept, RequestDigest digest,
    StoreWriter writer, IDbContextFactory<GatewayDb> databases, GatewaySettings settings, AuditLog audit, TimeProvider time)
{
    /// <summary>Room for the other members of the message.</summary>
    const int EnvelopeBytes = 4_096;

    /// <summary>Longest a character of JSON can get when it is written anew (<c>é</c>, 2 bytes, as <c>\u00E9</c>).</summary>
    const int EscapeFactor = 6;

    /// <summary>Takes a command in, or finds the one that the same request started before.</summary>
    /// <returns>Either an open command, stored and on its way or waiting for a person's approval, or the record of one that is over.</returns>
    /// <exception cref="ProblemException">It never got in, and was not sent.</exception>
    public async Task<(OpenCommand? Open, CommandRecord Record)> SubmitAsync(string nodeId, CommandRequest request, Caller caller)
    {
        var node = directory.Find(nodeId) ?? throw new ProblemException(Problem.NotFound($"There is no node {nodeId}."));
        var command = CommandChecks.Find(request.Type);
        var timeout = CommandChecks.Timeout(request.TimeoutSeconds, command);
        var id = CommandChecks.Id(request.CommandId) ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var parameters = request.Parameters ?? default;
        CommandChecks.Parameters(command, parameters);

        var waits = ApprovalRules.Needs(command, parameters, caller, settings.Approvals);
        var record = new CommandRecord
        {
            Id = id,
            NodeId = nodeId,
            Type = command.Name,
            Parameters = parameters.ValueKind == JsonValueKind.Object ? parameters.GetRawText() : "{}",
            RequestDigest = digest.Of(nodeId, command.Name, timeout, parameters),
            TimeoutSeconds = timeout,
            RequestedBy = caller.Name,
            RequestedById = caller.Id,
            CreatedAt = time.GetUtcNow(),
            ApprovalExpiresAt = waits ? time.GetUtcNow() + settings.Approvals.Expiry : null,
            Status = waits ? CommandStatus.AwaitingApproval : CommandStatus.Queued,
        };

        // Claim the id first and look into the store afterwards: so two equal requests at once can't both miss the other.
        var open = ledger.GetOrAdd(record, out var added);
        if (!added) return (open, Same(open.Record, record));
        try
        {
            if (request.CommandId is not null && await FindStoredAsync(id) is { } earlier)
            {
                open.Finish(kept.Recall(Same(earlier, record)));
                ledger.Remove(open);
                return (null, kept.Recall(earlier));
            }

            await SendAsync(node, command, open);
            return (open, open.Record);
        }
        catch (Exception error)
        {
            ledger.Remove(open);
            open.Refuse(error);
            throw;
        }
    }

    /// <summary>As it stands; null when there is none of that id.</summary>
    public async Task<CommandRecord?> FindAsync(string commandId) =>
        ledger.Find(commandId)?.Record ?? (await FindStoredAsync(commandId) is { } record ? kept.Recall(record) : null);

    /// <summary>Asks the Node to cancel; one that was not sent yet is over at once.</summary>
    /// <returns>The command as it stands, or null when there is none of that id.</returns>
    public async Task<CommandRecord?> CancelAsync(Caller by, string commandId)
    {
        if (ledger.Find(commandId) is not { } open) return await FindAsync(commandId);
        await writer.WriteAsync(db => audit.Add(db, open.Record, AuditAction.CommandCancelled, open.Record.Type, by));
        if (open.TryWithdraw()) await results.GiveUpAsync(open, CommandStatus.Cancelled, ErrorCode.Cancelled, "Cancelled before it was sent; it did not run.");
        else connections.Find(open.Record.NodeId)?.Cancel(commandId);
        return open.Record;
    }

    /// <summary>The answer with this result is out: drops what is not to be kept.</summary>
    public void Delivered(CommandRecord record)
    {
        if (kept.Delivered(record) is { } dropped) writer.WriteBehind(db => db.Commands.Update(dropped));
    }

    static CommandRecord Same(CommandRecord earlier, CommandRecord now) => earlier.RequestDigest == now.RequestDigest
        ? earlier
        : throw new ProblemException(Problem.Conflict(ProblemCodes.CommandIdReused, $"commandId {now.Id} belongs to another request; use a new one."));

    async Task SendAsync(NodeRecord node, CommandDefinition command, OpenCommand open)
    {
        if (node.Stage is not (NodeStage.Active or NodeStage.Approved))
            throw new ProblemException(Problem.Conflict(ProblemCodes.NodeNotApproved, $"{node.Id} is {node.Stage.ToString().ToLowerInvariant()}; only an approved Node takes commands."));
        CommandChecks.Scope(command, node);
        CheckSize(open);
        if (connections.Find(node.Id) is not { IsAlive: true } connection)
            throw new ProblemException(Problem.Conflict(ProblemCodes.NodeOffline, $"{node.DisplayName} ({node.Id}) is offline{LastSeen(node)}. Start it with: sophon-node start"));
        if (ledger.CountOf(node.Id) > CommandLedger.MostOpenPerNode)
            throw new ProblemException(Problem.Of(new CommandError(ErrorCode.Busy, $"{node.Id} has {CommandLedger.MostOpenPerNode} open commands; wait for some of them.")) with { RetryAfterSeconds = 1 });

        if (open.Record.Status == CommandStatus.AwaitingApproval)
        {
            if (ledger.Of(node.Id).Count(command => command.Record.Status == CommandStatus.AwaitingApproval) > ApprovalRules.MostPerNode)
                throw new ProblemException(Problem.Of(new CommandError(ErrorCode.Busy, $"{ApprovalRules.MostPerNode} commands for {node.Id} wait for a person's approval; wait until some are decided.")) with { RetryAfterSeconds = 30 });
            var waiting = open.Record;
            await writer.WriteAsync(db => Add(db, waiting));
            return;
        }

        // The store says running from the start: after a restart nobody could tell whether it had been sent.
        var stored = open.Record with { Status = CommandStatus.Running };
        var write = writer.WriteAsync(db => Add(db, stored));
        connection.Execute(open, write);
        await write;
    }

    void Add(GatewayDb db, CommandRecord command)
    {
        db.Commands.Add(command);
        audit.Add(db, command, AuditAction.CommandAsked, command.Status == CommandStatus.AwaitingApproval ? command.Type + ", waits for an approval" : command.Type);
    }

    static string LastSeen(NodeRecord node) => node.LastSeenAt is { } seen ? $" (last seen {seen.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)" : "";

    static void CheckSize(OpenCommand open)
    {
        var room = WireLimits.GatewayToNodeBytes - EnvelopeBytes;
        if ((long)open.Record.Parameters!.Length * EscapeFactor <= room) return;
        var size = JsonSerializer.SerializeToUtf8Bytes(open.Message(), HubJson.Options).Length;
        if (size > room)
            throw new ProblemException(Problem.Of(new CommandError(ErrorCode.TooLarge, $"The command takes {size} bytes on the wire; a Node accepts up to {room}. Send less at once.")));
    }

    async Task<CommandRecord?> FindStoredAsync(string commandId)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Commands.AsNoTracking().FirstOrDefaultAsync(command => command.Id == commandId);
    }
}
