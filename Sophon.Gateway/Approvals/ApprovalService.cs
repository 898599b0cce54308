using System.Text.Json;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Approvals;

/// <summary>
/// Lets a person approve, once, exactly what they were shown, or reject it. Changes are published as <see cref="Changes.Topic.Approvals"/>.
/// What waits is in the store like every command and outlives a restart of the Gateway, with the time that it had left.
/// </summary>
sealed class ApprovalService(
    CommandLedger ledger, CommandResults results, NodeDirectory directory, NodeConnections connections, RequestDigest digests, StoreWriter writer,
    GatewaySettings settings, AuditLog audit, TimeProvider time)
{
    /// <summary>What waits, the oldest first.</summary>
    public IReadOnlyList<ApprovalView> Pending(Caller caller) => [.. ledger.All.Select(command => command.Record)
        .Where(command => command.Status == CommandStatus.AwaitingApproval && command.ApprovalExpiresAt > time.GetUtcNow() && caller.Reaches(command.NodeId))
        .OrderBy(command => command.CreatedAt).ThenBy(command => command.Id, StringComparer.Ordinal)
        .Select(command => ViewOf(command, caller))];

    /// <returns>Null when no command of that id waits.</returns>
    public ApprovalView? Find(Caller caller, string commandId) =>
        ledger.Find(commandId)?.Record is { Status: CommandStatus.AwaitingApproval } command && caller.Reaches(command.NodeId) ? ViewOf(command, caller) : null;

    /// <summary>Sends the command to its Node, whose own consent is needed all the same.</summary>
    /// <param name="digest">Of the <see cref="ApprovalView"/> that the person saw.</param>
    /// <exception cref="ProblemException">
    /// <see cref="ProblemCodes.AlreadyDecided"/>, <see cref="ProblemCodes.ApprovalChanged"/>, <see cref="ProblemCodes.Forbidden"/>,
    /// or there is no such command.
    /// </exception>
    public async Task<CommandRecord> ApproveAsync(Caller caller, string commandId, string? digest)
    {
        if (string.IsNullOrEmpty(digest)) throw new ProblemException(Problem.Invalid("digest", "digest is missing; it takes the digest of the approval as it was seen."));
        var open = Open(caller, commandId);
        await open.Settling.WaitAsync();
        try
        {
            var shown = Check(caller, open.Record);
            if (DigestOf(shown) != digest)
                throw new ProblemException(Problem.Conflict(ProblemCodes.ApprovalChanged, "What would run is not what was shown; look at it again. Nothing was approved."));
            var approved = shown with { Status = CommandStatus.Queued, DecidedBy = caller.Name, DecidedAt = time.GetUtcNow() };

            // As for every command: the store says running before it is sent.
            var stored = approved with { Status = CommandStatus.Running };
            await writer.WriteAsync(db =>
            {
                db.Commands.Update(stored);
                audit.Add(db, stored, AuditAction.CommandApproved, $"{stored.Type}, asked for by {stored.RequestedBy}", caller);
            });
            open.Release(approved, time.GetTimestamp(), ledger.LifeOf(approved));
        }
        finally
        {
            open.Settling.Release();
        }

        ledger.Publish(open.Record);
        connections.Find(open.Record.NodeId)?.Execute(open, Task.CompletedTask);
        return open.Record;
    }

    /// <exception cref="ProblemException">As for <see cref="ApproveAsync"/>; or the reason can't be used.</exception>
    public async Task<CommandRecord> RejectAsync(Caller caller, string commandId, string? reason)
    {
        var open = Open(caller, commandId);
        Check(caller, open.Record);
        var why = NodeChecks.Reason(reason) is { } text ? $": {text}" : ".";
        if (!await results.DenyAsync(open, $"{caller.Name} rejected it; it did not run{why}", caller)) throw Decided(open.Record);
        return open.Record;
    }

    OpenCommand Open(Caller caller, string commandId) =>
        ledger.Find(commandId) is { } open && caller.Reaches(open.Record.NodeId) ? open : throw Missing();

    CommandRecord Check(Caller caller, CommandRecord command)
    {
        if (command.ApprovalExpiresAt is not { } expires) throw Missing();
        if (command.Status != CommandStatus.AwaitingApproval) throw Decided(command);
        if (expires <= time.GetUtcNow()) throw new ProblemException(Problem.Conflict(ProblemCodes.AlreadyDecided, "The time to decide is over; it did not run."));
        return ApprovalRules.Refusal(caller, command, settings.Approvals) is { } refusal
            ? throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, refusal))
            : command;
    }

    ApprovalView ViewOf(CommandRecord command, Caller caller) =>
        ApprovalView.Of(command, directory.Find(command.NodeId), DigestOf(command), ApprovalRules.Refusal(caller, command, settings.Approvals));

    /// <summary>Made of what would be sent, at the moment of sending.</summary>
    string DigestOf(CommandRecord command) =>
        digests.Of(command.NodeId, command.Type, command.TimeoutSeconds, JsonElement.Parse(command.Parameters ?? "{}"));

    static ProblemException Decided(CommandRecord command) => new(Problem.Conflict(ProblemCodes.AlreadyDecided, (command.DecidedBy, command.Status) switch
    {
        ({ } by, CommandStatus.Denied) => $"{by} rejected it already, at {At(command)}.",
        ({ } by, _) => $"{by} approved it already, at {At(command)}.",
        (_, CommandStatus.Cancelled) => "It was cancelled; it did not run.",
        _ => "The time to decide is over; it did not run.",
    }));

    static string At(CommandRecord command) => $"{command.DecidedAt?.UtcDateTime:HH:mm:ss} UTC";

    static ProblemException Missing() =>
        new(Problem.NotFound("No command of that id waits for an approval: it was decided, has expired, or never needed one. GET /api/commands/{commandId} says how it ended."));
}
