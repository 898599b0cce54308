using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary>One connection to <c>/hubs/node</c>.</summary>
sealed class SignalRGatewayHub : IGatewayHub
{
    readonly HubConnection connection;
    readonly Func<Exception, string> explain;
    readonly IGatewayHubListener listener;
    int started;
    int closed;

    /// <param name="connection">Not started; owned from here on.</param>
    /// <param name="listener">Called in the order of the wire.</param>
    /// <param name="explain">Turns what SignalR throws into words for the person.</param>
    public SignalRGatewayHub(HubConnection connection, IGatewayHubListener listener, Func<Exception, string> explain)
    {
        (this.connection, this.listener, this.explain) = (connection, listener, explain);

        // A JsonElement takes whatever well-formed JSON comes, so that the router can answer it with a typed error.
        connection.On<JsonElement>(WireNames.ExecuteCommand, listener.OnExecuteCommand);
        connection.On<CancelCommand>(WireNames.CancelCommand, listener.OnCancelCommand);
        connection.On<UpdateScopes>(WireNames.UpdateScopes, listener.OnUpdateScopes);
        connection.On<Revoke>(WireNames.Revoke, listener.OnRevoke);
        connection.On<Disconnecting>(WireNames.Disconnecting, listener.OnDisconnecting);
        connection.Closed += OnClosed;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await connection.StartAsync(cancellationToken);
            Volatile.Write(ref started, 1);
            if (connection.State == HubConnectionState.Disconnected) await OnClosed(null);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error)
        {
            throw GatewayFailures.Find<HubRefusedException>(error) ?? new HubFailedException(explain(error), error) as Exception;
        }
    }

    public Task SendHeartbeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) =>
        connection.InvokeAsync(WireNames.Heartbeat, heartbeat, cancellationToken);

    public Task<bool> SendResultAsync(CommandResult result, CancellationToken cancellationToken) =>
        connection.InvokeAsync<bool>(WireNames.CommandResult, result, cancellationToken);

    public Task SendOutputAsync(CommandOutput output, CancellationToken cancellationToken) =>
        connection.SendAsync(WireNames.CommandOutput, output, cancellationToken);

    public Task SendAwaitingConsentAsync(CommandAwaitingConsent waiting, CancellationToken cancellationToken) =>
        connection.SendAsync(WireNames.CommandAwaitingConsent, waiting, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    Task OnClosed(Exception? error)
    {
        if (Volatile.Read(ref started) == 1 && Interlocked.Exchange(ref closed, 1) == 0) listener.OnClosed(error is null ? null : new HubFailedException(explain(error), error));
        return Task.CompletedTask;
    }
}

/// <summary>The connection could not be made, or ended; the message is for the person. Try again later.</summary>
sealed class HubFailedException(string message, Exception inner) : Exception(message, inner);
