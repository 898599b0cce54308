using Akka.Actor;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.GatewayConnection;
using Sophon.Node.Actors.Heartbeats;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Supervision;
using static Sophon.Node.Actors.NodeSupervisorMessages;

namespace Sophon.Node.Actors;

/// <summary>The root of the tree, <c>/user/node</c>: makes the branches, tells them of each other, and drains them in order.</summary>
public sealed class NodeSupervisor : ReceiveActor
{
    sealed record Leg(StartRoundTrip Trip, int Next);

    readonly TimeProvider time;
    readonly List<IActorRef> branches = [];
    readonly IActorRef pairing;
    readonly IActorRef router = ActorRefs.Nobody;
    readonly IActorRef connection = ActorRefs.Nobody;
    bool draining;

    /// <summary>The whole Node: connects as soon as an identity is there.</summary>
    public static Props RunProps(NodeServices services) => Props.Create(() => new NodeSupervisor(services, false));

    /// <summary>Pairing only: takes <see cref="PairingActorMessages.StartPairing"/> and never connects.</summary>
    public static Props PairProps(NodeServices services) => Props.Create(() => new NodeSupervisor(services, true));

    public NodeSupervisor(NodeServices services, bool pairingOnly)
    {
        time = services.Time;
        if (!pairingOnly)
        {
            router = Branch(CommandRouterActor.Props(services), "command-router");
            var heartbeat = Branch(HeartbeatActor.Props(services, router), "heartbeat");
            Branch(PolicyActor.Props(services, router), "policy");
            connection = Branch(GatewayConnectionActor.Props(services, router, heartbeat), "gateway-connection");
        }

        pairing = Branch(PairingActor.Props(services), "pairing");
        Running();
    }

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionTable.For("node");

    IActorRef Branch(Props props, string name)
    {
        var branch = Context.Watch(Context.ActorOf(props, name));
        branches.Add(branch);
        return branch;
    }

    void Running()
    {
        Receive<PairingActorMessages.StartPairing>(pairing.Forward);
        Receive<PairingActorMessages.ForgetIdentity>(pairing.Forward);
        Receive<PairingActorMessages.IdentityAvailable>(available => connection.Tell(new GatewayConnectionMessages.Connect(available.Identity)));
        Receive<PairingActorMessages.IdentityWanted>(pairing.Forward);
        Receive<GatewayConnectionMessages.ReportTo>(connection.Forward);
        Receive<Drain>(_ => StartDraining());
        ReceiveRoundTrips();
        Receive<Terminated>(terminated => throw new ChildLostException(terminated.ActorRef.Path.Name));
    }

    // Every actor answers Identify by itself when its turn comes: one that hangs in a message does not.
    void ReceiveRoundTrips()
    {
        Receive<StartRoundTrip>(trip => Visit(new Leg(trip, 0)));
        Receive<ActorIdentity>(identity => Visit((Leg)identity.MessageId), identity => identity.Subject is not null);
        Receive<ActorIdentity>(_ => { });
    }

    void Visit(Leg leg)
    {
        if (leg.Next < branches.Count)
        {
            branches[leg.Next].Tell(new Identify(leg with { Next = leg.Next + 1 }));
            return;
        }

        leg.Trip.Completed();
        Context.System.EventStream.Publish(new NodeEvents.TreeResponded(time.GetUtcNow(), time.GetElapsedTime(leg.Trip.StartedAt)));
    }

    void StartDraining()
    {
        draining = true;
        if (router.IsNobody())
        {
            Sender.Tell(new Drained());
            return;
        }

        var asker = Sender;
        router.Tell(new CommandRouterMessages.DrainCommands());
        Become(() => Draining(asker));
    }

    // The connection is closed last: the results of the commands that were running go over it.
    void Draining(IActorRef asker)
    {
        Receive<CommandRouterMessages.CommandsDrained>(_ => connection.Tell(new GatewayConnectionMessages.Close()));
        Receive<GatewayConnectionMessages.Closed>(_ => asker.Tell(new Drained()));
        Receive<PairingActorMessages.ForgetIdentity>(pairing.Forward);
        Receive<Drain>(_ => { });
        ReceiveRoundTrips();
        Receive<Terminated>(terminated => throw new ChildLostException(terminated.ActorRef.Path.Name));
        ReceiveAny(_ => { });
    }

    protected override void PostStop()
    {
        if (!draining) Context.System.EventStream.Publish(new NodeEvents.NodeFailed("The Node's supervisor was stopped; the log names the cause."));
    }
}
