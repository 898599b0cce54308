using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.GatewayConnection.Hub.LiveView;
using Sophon.Node.Actors.Supervision;
using static Sophon.Node.Actors.GatewayConnection.GatewayConnectionMessages;
using static Sophon.Node.Actors.GatewayConnection.Hub.HubActorMessages;

namespace Sophon.Node.Actors.GatewayConnection.Hub;

/// <summary>Owns one hub connection and dies with it. Starting → Open → stopped.</summary>
sealed class HubActor : ReceiveActor
{
    sealed record StartCompleted;

    sealed record StartFailed(Exception Error);

    readonly NodeServices services;
    readonly ILoggingAdapter log = Context.GetLogger();
    readonly CancellationTokenSource lifetime = new();
    readonly IGatewayHub hub;
    readonly string nodeId;
    readonly IActorRef liveView;
    LiveViewActor.ScopesChanged? scopes;
    string? announced;

    public static Props Props(NodeServices services, NodeIdentity identity, IActorRef router) =>
        Akka.Actor.Props.Create(() => new HubActor(services, identity, router));

    public HubActor(NodeServices services, NodeIdentity identity, IActorRef router)
    {
        (this.services, nodeId) = (services, identity.Token.NodeId);
        hub = services.HubFactory.Create(identity, new HubListener(Self, Context.Parent, router, services.Time));
        liveView = Context.ActorOf(LiveViewActor.Props(services, hub), "live-view");
        Starting();
    }

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionTable.For("hub");

    protected override void PreStart()
    {
        var timeout = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token);
        timeout.CancelAfter(services.Settings.Gateway.ConnectTimeout);
        StartAsync(timeout).PipeTo(Self);
    }

    async Task<object> StartAsync(CancellationTokenSource timeout)
    {
        try
        {
            await hub.StartAsync(timeout.Token);
            return new StartCompleted();
        }
        catch (OperationCanceledException) when (!lifetime.IsCancellationRequested)
        {
            return new StartFailed(new TimeoutException($"no answer within {services.Settings.Gateway.ConnectTimeout.TotalSeconds:0} s"));
        }
        catch (Exception error)
        {
            return new StartFailed(error);
        }
        finally
        {
            timeout.Dispose();
        }
    }

    void Starting()
    {
        ReceiveLiveView();
        Receive<StartCompleted>(_ =>
        {
            Become(Open);
            Context.Parent.Tell(new HubStarted(hub.ClockDifference));
        });
        Receive<StartFailed>(failed => End(failed.Error.Message, (failed.Error as HubRefusedException)?.Reason));
        Receive<HubListener.CloseAnnounced>(close => announced = close.Reason);

        // The start may have succeeded and the socket closed again before the start's completion got here: remember it for Open.
        Receive<HubListener.SocketClosed>(closed => Become(() => ClosedEarly(closed)));
        ReceiveAny(_ => { });
    }

    // May come before the start's completion got here.
    void ReceiveLiveView()
    {
        Receive<LiveViewActor.Start>(liveView.Forward);
        Receive<LiveViewActor.Stop>(liveView.Forward);
        Receive<LiveViewActor.ScopesChanged>(changed =>
        {
            scopes = changed;
            liveView.Tell(changed);
        });
        Receive<LiveViewActor.ScopesWanted>(_ =>
        {
            if (scopes is not null) liveView.Tell(scopes);
        });
    }

    void ClosedEarly(HubListener.SocketClosed closed)
    {
        Receive<StartCompleted>(_ => OnSocketClosed(closed));
        Receive<StartFailed>(failed => End(failed.Error.Message, (failed.Error as HubRefusedException)?.Reason));
        ReceiveAny(_ => { });
    }

    void Open()
    {
        ReceiveLiveView();
        Receive<SendHeartbeat>(send => SendHeartbeatAsync(send).PipeTo(Sender));
        Receive<SendResult>(send => SendResultAsync(send).PipeTo(Sender));
        Receive<SendOutput>(send => SendUnansweredAsync("Output", send.Output.CommandId, () => hub.SendOutputAsync(send.Output, lifetime.Token)));
        Receive<SendAwaitingConsent>(send => SendUnansweredAsync("The notice that a person is asked", send.Waiting.CommandId, () => hub.SendAwaitingConsentAsync(send.Waiting, lifetime.Token)));

        // The Gateway leaves us a second to close first: its own close could overtake its last word.
        Receive<HubListener.CloseAnnounced>(close => End($"the Gateway closed the connection: {close.Reason}", close.Reason));
        Receive<HubListener.SocketClosed>(OnSocketClosed);
    }

    void OnSocketClosed(HubListener.SocketClosed closed) =>
        End(announced is null ? closed.Error?.Message ?? "the Gateway closed the connection" : $"the Gateway closed the connection: {announced}", announced);

    void End(string message, string? refusedReason)
    {
        Context.Parent.Tell(new HubEnded(message, refusedReason));
        Context.Stop(Self);
    }

    // A failed heartbeat is not answered: the heartbeat actor counts silence.
    async Task<object> SendHeartbeatAsync(SendHeartbeat send)
    {
        var sent = services.Time.GetTimestamp();
        try
        {
            await hub.SendHeartbeatAsync(send.Heartbeat, lifetime.Token);
            return new HeartbeatTaken(services.Time.GetElapsedTime(sent));
        }
        catch (Exception error)
        {
            return new HeartbeatFailed(error.Message);
        }
    }

    async Task<object> SendResultAsync(SendResult send)
    {
        var id = send.Result.CommandId;
        try
        {
            return await hub.SendResultAsync(send.Result with { NodeId = nodeId }, lifetime.Token)
                ? new ResultAcknowledged(id)
                : new ResultNotStored(id, "the Gateway could not store it");
        }
        catch (Exception error)
        {
            return new ResultNotStored(id, error.Message);
        }
    }

    async void SendUnansweredAsync(string what, string commandId, Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception error)
        {
            log.Debug("{0} of {1} was not sent: {2}", what, commandId, error.Message);
        }
    }

    protected override void PostStop()
    {
        lifetime.Cancel();
        _ = hub.DisposeAsync().AsTask();
    }
}
