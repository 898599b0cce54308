using System.Text.Json;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.GatewayConnection.Hub;

/// <summary>Makes one hub connection per life of a <c>HubActor</c>.</summary>
public interface IGatewayHubFactory
{
    IGatewayHub Create(NodeIdentity identity, IGatewayHubListener listener);
}

/// <summary>One connection to the Gateway's hub; it does not reconnect by itself.</summary>
public interface IGatewayHub : IAsyncDisposable
{
    /// <summary>Our clock minus the Gateway's, as its answers told at the start; null when they told nothing.</summary>
    TimeSpan? ClockDifference { get; }

    /// <exception cref="HubRefusedException">The Gateway refused the token: final.</exception>
    /// <exception cref="Exception">Anything else: try again later.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the Gateway has taken it.</summary>
    Task SendHeartbeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>True when the Gateway has stored it.</summary>
    Task<bool> SendResultAsync(CommandResult result, CancellationToken cancellationToken);

    /// <summary>Completes when it is handed to the socket. A Gateway that lacks the method ignores it.</summary>
    Task SendOutputAsync(CommandOutput output, CancellationToken cancellationToken);

    /// <summary>Completes when it is handed to the socket. A Gateway that lacks the method ignores it.</summary>
    Task SendAwaitingConsentAsync(CommandAwaitingConsent waiting, CancellationToken cancellationToken);

    /// <summary>Connects for the frames of one live view.</summary>
    /// <param name="viewId">As the Gateway named it.</param>
    /// <exception cref="Exception">It could not be made; the Gateway asks again.</exception>
    Task<ILiveChannel> OpenLiveAsync(string viewId, CancellationToken cancellationToken);
}

/// <summary>The way of one live view's frames to the Gateway.</summary>
public interface ILiveChannel : IAsyncDisposable
{
    /// <param name="frame">A <see cref="LiveFrame"/> as bytes; free again when the call returns.</param>
    Task SendFrameAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);

    Task SendStatusAsync(LiveStatus status, CancellationToken cancellationToken);

    /// <summary>The last frame that some viewer has been sent; null when the Gateway has closed the channel.</summary>
    Task<uint?> NextTakenAsync(CancellationToken cancellationToken);
}

/// <summary>What comes from the Gateway. Called on the connection's own thread, in order.</summary>
public interface IGatewayHubListener
{
    void OnExecuteCommand(JsonElement command);

    void OnCancelCommand(CancelCommand cancel);

    void OnUpdateScopes(UpdateScopes scopes);

    void OnRevoke(Revoke revoke);

    void OnStartLiveView(StartLiveView start);

    void OnStopLiveView(StopLiveView stop);

    void OnDisconnecting(Disconnecting disconnecting);

    /// <summary>Once, after a start that succeeded.</summary>
    void OnClosed(Exception? error);
}

/// <summary>401 with a reason.</summary>
/// <param name="reason">One of <see cref="DisconnectReasons"/>.</param>
public sealed class HubRefusedException(string reason) : Exception($"The Gateway refused the connection: {reason}")
{
    public string Reason { get; } = reason;
}
