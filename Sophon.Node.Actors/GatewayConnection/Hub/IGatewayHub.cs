using System.Text.Json;
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
}

/// <summary>What comes from the Gateway. Called on the connection's own thread, in order.</summary>
public interface IGatewayHubListener
{
    void OnExecuteCommand(JsonElement command);

    void OnCancelCommand(CancelCommand cancel);

    void OnUpdateScopes(UpdateScopes scopes);

    void OnRevoke(Revoke revoke);

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
