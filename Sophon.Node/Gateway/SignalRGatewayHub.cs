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
    readonly Func<TimeSpan?> clockDifference;
    readonly IGatewayHubListener listener;
    readonly GatewaySockets sockets;
    readonly ImageChannel images;
    int started;
    int closed;

    /// <param name="connection">Not started; owned from here on.</param>
    /// <param name="sockets">For what does not go over the hub.</param>
    /// <param name="listener">Called in the order of the wire.</param>
    /// <param name="explain">Turns what SignalR throws into words for the person.</param>
    /// <param name="clockDifference">What the Gateway's answers have told so far.</param>
    public SignalRGatewayHub(HubConnection connection, GatewaySockets sockets, IGatewayHubListener listener, Func<Exception, string> explain, Func<TimeSpan?> clockDifference)
    {
        (this.connection, this.sockets, this.listener, this.explain, this.clockDifference) = (connection, sockets, listener, explain, clockDifference);
        images = new ImageChannel(sockets);

        // A JsonElement takes whatever well-formed JSON comes, so that the router can answer it with a typed error.
        connection.On<JsonElement>(WireNames.ExecuteCommand, listener.OnExecuteCommand);
        connection.On<CancelCommand>(WireNames.CancelCommand, listener.OnCancelCommand);
        connection.On<UpdateScopes>(WireNames.UpdateScopes, listener.OnUpdateScopes);
        connection.On<Revoke>(WireNames.Revoke, listener.OnRevoke);
        connection.On<Disconnecting>(WireNames.Disconnecting, listener.OnDisconnecting);
        connection.On<StartLiveView>(WireNames.StartLiveView, listener.OnStartLiveView);
        connection.On<StopLiveView>(WireNames.StopLiveView, listener.OnStopLiveView);
        connection.Closed += OnClosed;
    }

    public TimeSpan? ClockDifference => clockDifference();

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

    public async Task<bool> SendResultAsync(CommandResult result, CancellationToken cancellationToken)
    {
        if (result.Image is null) return await connection.InvokeAsync<bool>(WireNames.CommandResult, result, cancellationToken);
        return await images.TrySendAsync(result, cancellationToken)
            ?? await connection.InvokeAsync<bool>(WireNames.CommandResult, new ResultWithImage(result), cancellationToken);
    }

    public async Task<ILiveChannel> OpenLiveAsync(string viewId, CancellationToken cancellationToken) => new LiveChannel(
        await sockets.ConnectAsync($"{WireNames.LivePath}?view={Uri.EscapeDataString(viewId)}", cancellationToken)
        ?? throw new InvalidOperationException("the Gateway asks for a live view and takes none"));

    public Task SendOutputAsync(CommandOutput output, CancellationToken cancellationToken) =>
        connection.SendAsync(WireNames.CommandOutput, output, cancellationToken);

    public Task SendAwaitingConsentAsync(CommandAwaitingConsent waiting, CancellationToken cancellationToken) =>
        connection.SendAsync(WireNames.CommandAwaitingConsent, waiting, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await images.DisposeAsync();
        await connection.DisposeAsync();
    }

    Task OnClosed(Exception? error)
    {
        if (Volatile.Read(ref started) == 1 && Interlocked.Exchange(ref closed, 1) == 0) listener.OnClosed(error is null ? null : new HubFailedException(explain(error), error));
        return Task.CompletedTask;
    }
}

/// <summary>The connection could not be made, or ended; the message is for the person. Try again later.</summary>
sealed class HubFailedException(string message, Exception inner) : Exception(message, inner);
