using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Sophon.Gateway.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hub;

/// <summary>One live socket of a Node. What it is sent goes out in the order of the calls, by one loop.</summary>
sealed class NodeConnection
{
    static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    readonly Channel<Func<Task>> outbox = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ISingleClientProxy client;
    readonly TimeProvider time;
    readonly Action abort;
    readonly ILogger logger;
    long heartbeatAt;
    volatile bool ended;

    public NodeConnection(string nodeId, string connectionId, ISingleClientProxy client, TimeProvider time, Action abort, ILogger logger)
    {
        (NodeId, ConnectionId, this.client, this.time, this.abort, this.logger) = (nodeId, connectionId, client, time, abort, logger);
        ConnectedAt = time.GetUtcNow();
        heartbeatAt = time.GetTimestamp();
        _ = RunAsync();
    }

    public string NodeId { get; }

    public string ConnectionId { get; }

    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Cancelled when nothing more is taken from this connection or sent over it.</summary>
    public CancellationToken Lifetime => Ending.Token;

    CancellationTokenSource Ending { get; } = new();

    /// <summary>The last one; null before the first.</summary>
    public Heartbeat? Heartbeat { get; private set; }

    public DateTimeOffset? HeartbeatReceivedAt { get; private set; }

    /// <summary>False after 90 s without a heartbeat (public), though the socket may be open; the next one makes it true again.</summary>
    public bool IsAlive => time.GetElapsedTime(Volatile.Read(ref heartbeatAt)).TotalSeconds < WireLimits.OfflineAfterSeconds;

    /// <returns>True for this connection's first one.</returns>
    public bool Beat(Heartbeat heartbeat)
    {
        var first = Heartbeat is null;
        Heartbeat = heartbeat;
        HeartbeatReceivedAt = time.GetUtcNow();
        Volatile.Write(ref heartbeatAt, time.GetTimestamp());
        return first;
    }

    /// <summary>Called with each command that goes out: it is running from then on.</summary>
    public Action<OpenCommand>? Sending { get; init; }

    /// <summary>Sends a command when <paramref name="ready"/> has completed, unless somebody else sends it first or it is over by then.</summary>
    public void Execute(OpenCommand command, Task ready) => outbox.Writer.TryWrite(async () =>
    {
        await ready;
        if (ended || !command.TryBeginSend(this, time.GetUtcNow())) return;
        Sending?.Invoke(command);
        await client.SendAsync(WireNames.ExecuteCommand, command.Message());
    });

    public void Cancel(string commandId) => Enqueue(WireNames.CancelCommand, new CancelCommand(commandId));

    public void UpdateScopes(IReadOnlyList<string> scopes) => Enqueue(WireNames.UpdateScopes, new UpdateScopes(scopes));

    public void StartLiveView(string viewId) => Enqueue(WireNames.StartLiveView, new StartLiveView(viewId));

    public void StopLiveView(string viewId) => Enqueue(WireNames.StopLiveView, new StopLiveView(viewId));

    /// <summary>
    /// Says why, then closes the socket: within seconds, even of a Node that does not read. The Node has a second to close it first.
    /// A SignalR client hands over messages and the end of its connection side by side: closed at once, the reason might come too late.
    /// </summary>
    public async Task CloseAsync(string reason)
    {
        try
        {
            var farewell = reason == DisconnectReasons.Revoked
                ? client.SendAsync(WireNames.Revoke, new Revoke("The Gateway revoked this Node's token."))
                : Task.CompletedTask;
            await farewell.WaitAsync(FarewellTime, time);
            await client.SendAsync(WireNames.Disconnecting, new Disconnecting(reason)).WaitAsync(FarewellTime, time);
            await closed.Task.WaitAsync(FarewellTime, time);
        }
        catch (Exception error) when (error is TimeoutException or IOException or OperationCanceledException or InvalidOperationException)
        {
            logger.LogDebug(error, "{NodeId} did not close the connection itself", NodeId);
        }

        abort();
    }

    /// <summary>The socket is closed.</summary>
    public void SocketClosed()
    {
        Ended();
        closed.TrySetResult();
    }

    /// <summary>Nothing more is sent but a farewell.</summary>
    public void Ended()
    {
        ended = true;
        outbox.Writer.TryComplete();
        Ending.Cancel();
    }

    void Enqueue(string method, object message) => outbox.Writer.TryWrite(() => client.SendAsync(method, message));

    async Task RunAsync()
    {
        await foreach (var send in outbox.Reader.ReadAllAsync())
        {
            if (ended) return;
            try
            {
                await send();
            }
            catch (Exception error)
            {
                // A command that was not stored is no longer there to be sent; a socket that broke is closed by SignalR itself.
                logger.LogDebug(error, "A message to {NodeId} was not sent", NodeId);
            }
        }
    }
}
