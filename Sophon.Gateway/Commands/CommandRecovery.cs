using Sophon.Gateway.Hub;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>What becomes of open commands when a Node comes back, stays away, or is revoked.</summary>
sealed class CommandRecovery(CommandLedger ledger, CommandResults results, NodeConnections connections, TimeProvider time, ILogger<CommandRecovery> logger)
{
    /// <summary>The heartbeat counts whole seconds.</summary>
    static readonly TimeSpan UptimePrecision = TimeSpan.FromSeconds(2);

    /// <summary>Sends what was never sent.</summary>
    public void OnConnected(NodeConnection connection)
    {
        foreach (var command in InOrder(connection.NodeId).Where(command => !command.MaybeSent && HasTime(command)))
            connection.Execute(command, Task.CompletedTask);
    }

    /// <summary>Now it is known what the Node can do: a journal gets everything again, a new process without one has forgotten everything.</summary>
    public async Task OnFirstHeartbeatAsync(NodeConnection connection, Heartbeat heartbeat)
    {
        if (heartbeat.Capabilities?.Contains(Capabilities.Journal) == true)
        {
            foreach (var command in InOrder(connection.NodeId).Where(command => HasTime(command) && command.AllowResend(connection)))
                connection.Execute(command, Task.CompletedTask);
            return;
        }

        var processStart = time.GetUtcNow() - TimeSpan.FromSeconds(Math.Clamp(heartbeat.Uptime, 0, int.MaxValue));
        foreach (var command in InOrder(connection.NodeId).Where(command => command.MaybeSent && command.SentOn != connection))
        {
            if (command.SentAt + UptimePrecision >= processStart) continue;
            await GiveUpAsync(command, CommandStatus.Unknown, ErrorCode.Internal,
                "The Node's process ended while it had this command; whether it ran, and how far, is not known.");
        }
    }

    /// <summary>The Node lost its access: what it had is cancelled there.</summary>
    public async Task OnRevokedAsync(string nodeId)
    {
        foreach (var command in InOrder(nodeId))
            await GiveUpAsync(command, CommandStatus.Cancelled, ErrorCode.Cancelled, command.MaybeSent
                ? "The Node was revoked before it answered; it was told to cancel what it ran."
                : "The Node was revoked before the command was sent; it did not run.");
    }

    /// <summary>Ends commands whose Node has had all the time that there is.</summary>
    public async Task SweepAsync()
    {
        foreach (var (command, overdue) in ledger.All.Select(command => (command, command.OverdueAt(time))))
        {
            if (overdue == Overdue.Nothing) continue;
            if (overdue == Overdue.Approval)
            {
                await StoreAsync(command, () => results.DenyAsync(command, "Nobody approved it in time; it did not run.", by: null));
                continue;
            }

            var seconds = command.Record.TimeoutSeconds;
            await GiveUpAsync(command, CommandStatus.TimedOut, ErrorCode.TimedOut, command.TryWithdraw()
                ? $"The Node went offline before the command could be sent, and was not back within {seconds} s. It did not run."
                : connections.IsOnline(command.Record.NodeId)
                    ? $"The Node is connected and has not answered within {seconds} s. A result that comes later is kept."
                    : $"The Node is not connected and has not answered within {seconds} s; whether the command ran is not known. A result that comes later is kept.");
        }
    }

    IEnumerable<OpenCommand> InOrder(string nodeId) => ledger.Of(nodeId).OrderBy(command => command.Stamp).ThenBy(command => command.Record.Id);

    /// <summary>A command whose time is over is not sent any more: its caller has been told, or is about to be.</summary>
    bool HasTime(OpenCommand command) => time.GetUtcNow() < command.Record.ReleasedAt + TimeSpan.FromSeconds(command.Record.TimeoutSeconds);

    Task GiveUpAsync(OpenCommand command, CommandStatus status, ErrorCode code, string message) =>
        StoreAsync(command, () => results.GiveUpAsync(command, status, code, message));

    async Task StoreAsync(OpenCommand command, Func<Task> end)
    {
        try
        {
            await end();
        }
        catch (StoreException error)
        {
            // Still open: the next sweep tries again.
            logger.LogWarning("The end of command {CommandId} could not be stored: {Reason}", command.Record.Id, error.Message);
        }
    }
}
