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

    static IActorRef Branch(Props props, string name) => Context.Watch(Context.ActorOf(props, name));

    void Running()
    {
        Receive<PairingActorMessages.StartPairing>(pairing.Forward);
        Receive<PairingActorMessages.ForgetIdentity>(pairing.Forward);
        Receive<PairingActorMessages.IdentityAvailable>(available => connection.Tell(new GatewayConnectionMessages.Connect(available.Identity)));
        Receive<PairingActorMessages.IdentityWanted>(pairing.Forward);
        Receive<GatewayConnectionMessages.ReportTo>(connection.Forward);
        Receive<Drain>(_ => StartDraining());
        Receive<Terminated>(terminated => throw new ChildLostException(terminated.ActorRef.Path.Name));
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
        Receive<Drain>(_ => { });
        Receive<Terminated>(terminated => throw new ChildLostException(terminated.ActorRef.Path.Name));
        ReceiveAny(_ => { });
    }

    protected override void PostStop()
    {
        if (!draining) Context.System.EventStream.Publish(new NodeEvents.NodeFailed("The Node's supervisor was stopped; the log names the cause."));
    }
}
