using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Actors.Supervision;
using static Sophon.Node.Actors.GatewayConnection.GatewayConnectionMessages;
using static Sophon.Node.Actors.GatewayConnection.Hub.HubActorMessages;

namespace Sophon.Node.Actors.GatewayConnection;

/// <summary>
/// Keeps one connection to the Gateway. Unpaired → Connecting → Connected; lost → Disconnected → Connecting …;
/// a final refusal → Refused; revoked → Forgetting → Refused; asked to → Closing. Each connection is a <see cref="HubActor"/> of its own.
/// </summary>
public sealed class GatewayConnectionActor : ReceiveActor, IWithTimers
{
    sealed record ReconnectDue;

    sealed record ForgetOverdue;

    const string ReconnectTimer = "reconnect";
    const string ForgetTimer = "forget";

    /// <summary>For a file's deletion, or a key store's.</summary>
    static readonly TimeSpan ForgetPatience = TimeSpan.FromSeconds(5);


    readonly NodeServices services;
    readonly IActorRef router;
    readonly IActorRef heartbeat;
    readonly ReconnectPolicy reconnect;
    readonly ClockSkew skew = new();
    readonly ILoggingAdapter log = Context.GetLogger();
    NodeIdentity? identity;
    IActorRef hub = ActorRefs.Nobody;
    IReadOnlyList<string>? scopes;
    int failures;
    int connections;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeServices services, IActorRef router, IActorRef heartbeat) =>
        Akka.Actor.Props.Create(() => new GatewayConnectionActor(services, router, heartbeat));

    public GatewayConnectionActor(NodeServices services, IActorRef router, IActorRef heartbeat)
    {
        (this.services, this.router, this.heartbeat) = (services, router, heartbeat);
        reconnect = new ReconnectPolicy(services.Settings.Gateway, Random.Shared.NextDouble);
        Unpaired();
    }

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionTable.For("gateway-connection");

    // A crash must not turn into a storm of connections: the first one of the new life waits as after a lost connection.
    protected override void PostRestart(Exception reason)
    {
        failures = 1;
        base.PostRestart(reason);
        Context.Parent.Tell(new PairingActorMessages.IdentityWanted());
    }

    protected override void PreRestart(Exception reason, object message)
    {
        TellClosed("the connection's actor failed");
        base.PreRestart(reason, message);
    }

    void Unpaired()
    {
        Receive<Connect>(connect =>
        {
            identity = connect.Identity;
            if (failures == 0) StartConnecting();
            else StartWaiting("the connection's actor failed");
        });
        Receive<Close>(_ => FinishClosing());
        IgnoreTheRest();
    }

    void Disconnected()
    {
        Receive<ReconnectDue>(_ => StartConnecting());
        Receive<Connect>(OnConnect);
        Receive<Close>(_ => FinishClosing());
        IgnoreTheRest();
    }

    void Connecting()
    {
        Receive<HubStarted>(started => OnStarted(started.ClockDifference), _ => Sender.Equals(hub));
        ReceiveEndOfHub();
        Receive<Connect>(OnConnect);
        Receive<Close>(_ => StartClosing());
        IgnoreTheRest();
    }

    void Connected()
    {
        Receive<SendHeartbeat>(send => hub.Forward(send));
        Receive<SendResult>(send => hub.Forward(send));
        Receive<SendOutput>(send => hub.Forward(send));
        Receive<SendAwaitingConsent>(send => hub.Forward(send));
        Receive<ReportTo>(report => Report(report.Subscriber));
        Receive<RestartConnection>(restart => OnLost(restart.Reason));
        ReceiveEndOfHub();
        Receive<Connect>(OnConnect);
        Receive<Close>(_ => StartClosing());
        IgnoreTheRest();
    }

    void Refused()
    {
        Receive<Connect>(connect =>
        {
            (identity, failures) = (connect.Identity, 0);
            StartConnecting();
        });
        Receive<Close>(_ => FinishClosing());
        IgnoreTheRest();
    }

    void Forgetting(string revoked)
    {
        const string PairAgain = "To use it again, pair it: run the command from the Dashboard (Add Node).";
        Receive<PairingActorMessages.IdentityForgotten>(_ => Refuse(Protocol.Wire.DisconnectReasons.Revoked, $"{revoked} Its token is deleted. {PairAgain}"));
        Receive<ForgetOverdue>(_ => Refuse(Protocol.Wire.DisconnectReasons.Revoked, $"{revoked} Its token could not be deleted: run sophon-node unpair. {PairAgain}"));
        Receive<Close>(_ => FinishClosing());
        IgnoreTheRest();
    }

    void Closing(IActorRef asker)
    {
        Receive<Terminated>(_ => asker.Tell(new Closed()), terminated => terminated.ActorRef.Equals(hub));
        Receive<Close>(_ => Become(() => Closing(Sender)));
        IgnoreTheRest();
    }

    void ReceiveEndOfHub()
    {
        Receive<ScopesReceived>(received => scopes = received.Scopes, _ => Sender.Equals(hub));
        Receive<HubRevoked>(revoked => OnRevoked(revoked.Reason), _ => Sender.Equals(hub));
        Receive<HubEnded>(
            ended =>
            {
                if (ReconnectPolicy.FinalRefusal(ended.RefusedReason) is { } message) OnRefused(ended.RefusedReason!, message);
                else OnLost(ended.Message);
            },
            _ => Sender.Equals(hub));

        // The hub crashed: it is stopped without having said a word.
        Receive<Terminated>(_ => OnLost("the connection's actor failed"), terminated => terminated.ActorRef.Equals(hub));
    }

    // Results and heartbeats while there is no connection: the router sends its results again when there is one.
    void IgnoreTheRest() => ReceiveAny(_ => { });

    void OnConnect(Connect connect)
    {
        if (connect.Identity == identity) return;
        (identity, failures) = (connect.Identity, 0);
        DropHub();
        TellClosed("the identity changed");
        StartConnecting();
    }

    void StartConnecting()
    {
        Publish(new NodeEvents.ConnectionAttempted(failures + 1));
        router.Tell(new ConnectionStarting(identity!));
        hub = Context.Watch(Context.ActorOf(HubActor.Props(services, identity!, router), $"hub-{++connections}"));
        Become(Connecting);
    }

    void OnStarted(TimeSpan? clockDifference)
    {
        failures = 0;
        Become(Connected);
        Report(router);
        Report(heartbeat);
        Publish(new NodeEvents.ConnectedToGateway(identity!));
        if (skew.ShouldWarnOf(clockDifference)) Publish(new NodeEvents.ClockSkewed(clockDifference!.Value));
    }

    void Report(IActorRef subscriber)
    {
        subscriber.Tell(new ConnectionOpened(identity!));
        if (scopes is not null && subscriber.Equals(router)) router.Tell(new CommandRouter.CommandRouterMessages.ScopesReceived(scopes));
    }

    void OnLost(string reason)
    {
        failures++;
        DropHub();
        TellClosed(reason);
        StartWaiting(reason);
    }

    void StartWaiting(string reason)
    {
        var delay = reconnect.DelayAfter(failures);
        log.Info("Not connected: {0}. Attempt {1} in {2:0.0} s.", reason, failures + 1, delay.TotalSeconds);
        Publish(new NodeEvents.ConnectionLost(reason, delay));
        Timers.StartSingleTimer(ReconnectTimer, new ReconnectDue(), delay);
        Become(Disconnected);
    }

    // The refusal ends the program: it is told when the token is gone, not before.
    void OnRevoked(string reason)
    {
        DropHub();
        TellClosed(Protocol.Wire.DisconnectReasons.Revoked);
        router.Tell(new CommandRouter.CommandRouterMessages.CancelAll("This Node was revoked."));
        Context.Parent.Tell(new PairingActorMessages.ForgetIdentity(reason));
        Timers.StartSingleTimer(ForgetTimer, new ForgetOverdue(), ForgetPatience);
        Become(() => Forgetting($"This Node was revoked in the Dashboard ({reason.TrimEnd('.')})."));
    }

    void OnRefused(string reason, string message)
    {
        DropHub();
        TellClosed(reason);
        Refuse(reason, message);
    }

    void Refuse(string reason, string message)
    {
        identity = null;
        Publish(new NodeEvents.ConnectionRefused(reason, message));
        Become(Refused);
    }

    void StartClosing()
    {
        Timers.CancelAll();
        var asker = Sender;
        Context.Stop(hub);
        Become(() => Closing(asker));
    }

    void FinishClosing()
    {
        Timers.CancelAll();
        Sender.Tell(new Closed());
        Become(() => Closing(ActorRefs.Nobody));
    }

    void DropHub()
    {
        Timers.CancelAll();
        Context.Unwatch(hub);
        Context.Stop(hub);
        hub = ActorRefs.Nobody;
        scopes = null;
    }

    void TellClosed(string reason)
    {
        router.Tell(new ConnectionClosed(reason));
        heartbeat.Tell(new ConnectionClosed(reason));
    }

    static void Publish(NodeEvents.INodeEvent happened) => Context.System.EventStream.Publish(happened);
}
