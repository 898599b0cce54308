using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Supervision;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Wire;
using static Sophon.Node.Actors.GatewayConnection.GatewayConnectionMessages;

namespace Sophon.Node.Actors.Heartbeats;

/// <summary>
/// Resting while there is no connection; Beating while there is: one heartbeat at once, then one per interval.
/// Each goes once through the router, which knows the queue: a stuck router silences the Node, and silence restarts the connection.
/// </summary>
public sealed class HeartbeatActor : ReceiveActor, IWithTimers
{
    sealed record BeatDue;

    /// <param name="QueueDepth">Commands accepted and not yet answered.</param>
    /// <param name="TellsRepetitionsApart">The Gateway may send again what it sent before.</param>
    public sealed record QueueDepthReported(int QueueDepth, bool TellsRepetitionsApart);

    sealed record SessionSampled(SessionState State, QueueDepthReported Router);

    sealed record SilenceCheckDue;

    static readonly TimeSpan SessionProbeLimit = TimeSpan.FromSeconds(5);

    readonly NodeServices services;
    readonly IActorRef router;
    readonly HeartbeatDeadline deadline;
    readonly ProcessSampler sampler;
    readonly ILoggingAdapter log = Context.GetLogger();
    IActorRef connection = ActorRefs.Nobody;
    string nodeId = "";
    bool silentBefore;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeServices services, IActorRef router) => Akka.Actor.Props.Create(() => new HeartbeatActor(services, router));

    public HeartbeatActor(NodeServices services, IActorRef router)
    {
        (this.services, this.router) = (services, router);
        deadline = new HeartbeatDeadline(services.Time, services.Settings.Heartbeat.SilenceLimit);
        sampler = new ProcessSampler(services.Time);
        Resting();
    }

    // After a crash nobody would tell that the connection is open: ask.
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new ReportTo(Self));
    }

    void Resting()
    {
        Receive<ConnectionOpened>(StartBeating);
        ReceiveAny(_ => { });
    }

    void Beating()
    {
        Receive<BeatDue>(_ => router.Tell(new CommandRouterMessages.ReportQueueDepth()));
        Receive<QueueDepthReported>(report => SampleSessionAsync(report).PipeTo(Self));
        Receive<SessionSampled>(sampled => connection.Tell(new SendHeartbeat(Compose(sampled))));
        Receive<HeartbeatTaken>(taken =>
        {
            deadline.Restart();
            silentBefore = false;
            Context.System.EventStream.Publish(new NodeEvents.HeartbeatAcknowledged(services.Time.GetUtcNow(), taken.RoundTrip));
        });
        Receive<HeartbeatFailed>(failed => log.Warning("Heartbeat not acknowledged: {0}", failed.Reason));
        Receive<SilenceCheckDue>(_ => CheckSilence());
        Receive<ConnectionOpened>(StartBeating);
        Receive<ConnectionClosed>(_ =>
        {
            Timers.CancelAll();
            Become(Resting);
        });
    }

    void StartBeating(ConnectionOpened opened)
    {
        (connection, nodeId) = (Sender, opened.Identity.Token.NodeId);
        deadline.Restart();
        Timers.StartPeriodicTimer(nameof(BeatDue), new BeatDue(), TimeSpan.Zero, services.Settings.Heartbeat.Interval);
        Timers.StartPeriodicTimer(nameof(SilenceCheckDue), new SilenceCheckDue(), services.Settings.Heartbeat.SilenceLimit / 6);
        Become(Beating);
    }

    void CheckSilence()
    {
        if (!deadline.IsPassed) return;

        // A fresh connection did not help: whatever is stuck is not the connection.
        if (silentBefore) throw new GatewaySilentException(deadline.Silence);
        silentBefore = true;
        log.Warning("No heartbeat acknowledged for {0:0} s: restarting the connection.", deadline.Silence.TotalSeconds);
        connection.Tell(new RestartConnection($"no heartbeat acknowledged for {deadline.Silence.TotalSeconds:0} s"));
        deadline.Restart();
    }

    async Task<object> SampleSessionAsync(QueueDepthReported router)
    {
        using var limit = new CancellationTokenSource(SessionProbeLimit);
        try
        {
            return new SessionSampled(await services.Desktop.GetSessionStateAsync(limit.Token), router);
        }
        catch (OperationCanceledException)
        {
            return new SessionSampled(SessionState.NoDisplay, router);
        }
    }

    Heartbeat Compose(SessionSampled sampled) => new(
        nodeId, "online", (long)sampler.Uptime.TotalSeconds, services.Facts.Platform, services.Facts.Version,
        sampler.CpuPercent(), ProcessSampler.MemoryMb(), NameOf(sampled.State), services.Policy.Current.Pause is not null, sampled.Router.QueueDepth,
        Capabilities: sampled.Router.TellsRepetitionsApart ? [Capabilities.Journal, Capabilities.LiveView] : [Capabilities.LiveView], services.Audit.Head);

    static string NameOf(SessionState state) => state switch
    {
        SessionState.Active => "active",
        SessionState.Locked => "locked",
        _ => "noDisplay",
    };
}
