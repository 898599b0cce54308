using System.Text.Json;
using Akka.Actor;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.GatewayConnection.Hub.LiveView;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.GatewayConnection.Hub;

/// <summary>Turns the connection's callbacks into messages. Commands go straight to the router, so that their order is the wire's.</summary>
sealed class HubListener(IActorRef hub, IActorRef connection, IActorRef router, TimeProvider time) : IGatewayHubListener
{
    /// <summary>To the hub, from this listener.</summary>
    public sealed record SocketClosed(Exception? Error);

    /// <summary>To the hub, from this listener.</summary>
    public sealed record CloseAnnounced(string Reason);

    // A JsonElement belongs to a pooled document of the SignalR protocol's: it has to be cloned before the callback returns.
    public void OnExecuteCommand(JsonElement command) =>
        router.Tell(new CommandRouterMessages.CommandReceived(command.Clone(), time.GetTimestamp()));

    public void OnCancelCommand(CancelCommand cancel) => router.Tell(new CommandRouterMessages.CancelReceived(cancel.CommandId));

    public void OnUpdateScopes(UpdateScopes scopes)
    {
        router.Tell(new CommandRouterMessages.ScopesReceived(scopes.Scopes));
        connection.Tell(new HubActorMessages.ScopesReceived(scopes.Scopes), hub);
        hub.Tell(new LiveViewActor.ScopesChanged(scopes.Scopes));
    }

    public void OnStartLiveView(StartLiveView start) => hub.Tell(new LiveViewActor.Start(start.ViewId));

    public void OnStopLiveView(StopLiveView stop) => hub.Tell(new LiveViewActor.Stop(stop.ViewId));

    public void OnRevoke(Revoke revoke) => connection.Tell(new HubActorMessages.HubRevoked(revoke.Reason), hub);

    public void OnDisconnecting(Disconnecting disconnecting) => hub.Tell(new CloseAnnounced(disconnecting.Reason));

    public void OnClosed(Exception? error) => hub.Tell(new SocketClosed(error));
}
