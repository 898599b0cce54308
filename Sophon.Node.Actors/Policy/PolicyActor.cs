using Akka.Actor;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.CommandRouter;

namespace Sophon.Node.Actors.Policy;

/// <summary>Looks for changes of policy, grants and pause twice a second, and tells the router. A file watcher would miss what network and overlay file systems do not report.</summary>
public sealed class PolicyActor : ReceiveActor, IWithTimers
{
    sealed record LookDue;

    static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    readonly NodeServices services;
    readonly IActorRef router;
    PolicySnapshot known;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeServices services, IActorRef router) => Akka.Actor.Props.Create(() => new PolicyActor(services, router));

    public PolicyActor(NodeServices services, IActorRef router)
    {
        (this.services, this.router) = (services, router);
        known = services.Policy.Current;
        Looking();
    }

    protected override void PreStart() => LookAgain();

    void Looking()
    {
        Receive<LookDue>(_ => Task.Run(services.Policy.Look).PipeTo(Self));
        Receive<PolicySnapshot>(snapshot =>
        {
            if (!ReferenceEquals(snapshot, known)) Take(snapshot);
            LookAgain();
        });
        Receive<Status.Failure>(failure => throw new InvalidOperationException("Looking at the policy failed", failure.Cause));
    }

    void LookAgain() => Timers.StartSingleTimer(nameof(LookDue), new LookDue(), LookInterval);

    void Take(PolicySnapshot snapshot)
    {
        var before = known;
        known = snapshot;
        router.Tell(new CommandRouterMessages.PolicyChanged());
        if (snapshot.Sha256 != before.Sha256 || snapshot.Fault != before.Fault)
        {
            services.Audit.Record(new AuditEntry("policyChanged") { Sha256 = snapshot.Sha256, Detail = snapshot.Fault });
            Context.System.EventStream.Publish(new NodeEvents.PolicyUpdated(snapshot.Fault));
        }

        if (snapshot.Pause != before.Pause) Context.System.EventStream.Publish(new NodeEvents.PauseUpdated(snapshot.Pause));
    }
}
