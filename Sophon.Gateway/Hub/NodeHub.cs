using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Metrics;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hub;

/// <summary>What Nodes call: <see cref="WireNames.HubPath"/>.</summary>
[Authorize(NodeTokenHandler.Policy)]
sealed class NodeHub(
    NodeDirectory directory, NodeConnections connections, CommandResults results, CommandLedger ledger, CommandRecovery recovery,
    IHubContext<NodeHub> hub, AuditLog audit, ChangeFeed feed, HeartbeatSamples samples, GatewayMetrics metrics, TimeProvider time,
    ILogger<NodeHub> logger) : Microsoft.AspNetCore.SignalR.Hub
{
    const string ConnectionKey = "connection";
    static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    string NodeId => Context.User!.FindFirstValue(ClaimTypes.NameIdentifier)!;

    NodeConnection Connection => (NodeConnection)Context.Items[ConnectionKey]!;

    public override async Task OnConnectedAsync()
    {
        var context = Context;
        var commands = ledger;
        var connection = new NodeConnection(NodeId, context.ConnectionId, hub.Clients.Client(context.ConnectionId), time, context.Abort, logger)
        {
            Sending = command => commands.Publish(command.Record),
        };
        context.Items[ConnectionKey] = connection;

        var (token, replaced) = (Context.User!.FindFirstValue(NodeTokenHandler.TokenHashClaim), false);
        var node = await directory.ChangeAsync(NodeId, node =>
        {
            replaced = node.TokenHash != token;
            return replaced ? node : PairingProcess.Activate(node) with { LastSeenAt = time.GetUtcNow() };
        });
        if (replaced)
        {
            await connection.CloseAsync(DisconnectReasons.Unauthorized);
            return;
        }

        if (node?.Stage != NodeStage.Active)
        {
            await connection.CloseAsync(DisconnectReasons.Revoked);
            return;
        }

        connection.UpdateScopes(node.Scopes);
        connections.Add(connection);

        // Revoked or narrowed between the change and the registration: whoever did it has not seen this connection.
        var latest = directory.Find(NodeId);
        if (latest?.Stage != NodeStage.Active) await connection.CloseAsync(DisconnectReasons.Revoked);
        else if (!ReferenceEquals(latest.Scopes, node.Scopes)) connection.UpdateScopes(latest.Scopes);
        recovery.OnConnected(connection);
        logger.LogInformation("Node {NodeId} connected", NodeId);
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (!Context.Items.TryGetValue(ConnectionKey, out var item) || item is not NodeConnection connection) return;
        if (!connections.Remove(connection)) return;
        logger.LogInformation("Node {NodeId} disconnected: {Reason}", NodeId, exception?.Message ?? "closed");
        await SeenAsync(TimeSpan.Zero);
    }

    public async Task Heartbeat(Heartbeat heartbeat)
    {
        if (heartbeat.NodeId != NodeId) throw new HubException("invalidArgument: nodeId is not this connection's.");
        if (connections.Find(NodeId) != Connection) return;
        metrics.Heartbeat();
        var first = Connection.Beat(heartbeat);
        samples.Add(NodeId, heartbeat);
        feed.Publish(Topic.Nodes, NodeId);
        if (first) await recovery.OnFirstHeartbeatAsync(Connection, heartbeat);
        await SeenAsync(SeenPrecision, heartbeat);
    }

    /// <returns>True when the result is stored, or never will be: the Node may forget it. False: send it again.</returns>
    public Task<bool> CommandResult(CommandResult result) => results.TakeAsync(NodeId, result);

    public void CommandOutput(CommandOutput output)
    {
        if (output.CommandId is not { } id || ledger.Find(id) is not { } command || command.Record.NodeId != NodeId) return;
        command.Output.Add(output);
        feed.Publish(Topic.Output, id);
    }

    /// <summary>The person at the desktop is asked: the Gateway's patience begins anew with their answer.</summary>
    public void CommandAwaitingConsent(CommandAwaitingConsent waiting)
    {
        if (waiting.CommandId is { } id && ledger.Find(id) is { } command && command.Record.NodeId == NodeId) ledger.AwaitConsent(command, waiting.AnswerWithinSeconds);
    }

    async Task SeenAsync(TimeSpan precision, Heartbeat? heartbeat = null)
    {
        var now = time.GetUtcNow();
        try
        {
            await directory.ChangeAsync(
                NodeId,
                node =>
                {
                    var told = AuditHeads.Take(node, heartbeat?.AuditHead, now);
                    var version = heartbeat?.Version ?? node.Version;
                    return ReferenceEquals(told, node) && node.LastSeenAt + precision > now && node.Version == version ? node : told with { LastSeenAt = now, Version = version };
                },
                (db, before, after) =>
                {
                    if (before.AuditCutAt is null && after.AuditCutAt is not null) audit.Add(db, Caller.Machine, AuditAction.NodeAuditCut, AuditHeads.Warning(after), NodeId);
                });
        }
        catch (StoreException error)
        {
            // When it was last seen is worth a log line, not the connection.
            logger.LogWarning("When {NodeId} was last seen could not be stored: {Reason}", NodeId, error.Message);
        }
    }
}
