using Akka.Hosting;

namespace Sophon.Node.Actors;

/// <summary>Puts the tree into a host. Draining is part of Akka's coordinated shutdown, which Akka.Hosting runs when the host stops.</summary>
public static class NodeHosting
{
    /// <summary>The whole Node, at <c>/user/node</c>.</summary>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder builder, NodeServices services) =>
        builder.WithActors((system, registry) => registry.Register<NodeSupervisor>(system.ActorOf(NodeSupervisor.RunProps(services), "node")));

    /// <summary>Pairing only: send <see cref="Pairing.PairingActorMessages.StartPairing"/> to the registered <see cref="NodeSupervisor"/>; the end comes as <see cref="NodeEvents.Paired"/> or <see cref="NodeEvents.PairingFailed"/>.</summary>
    public static AkkaConfigurationBuilder WithPairing(this AkkaConfigurationBuilder builder, NodeServices services) =>
        builder.WithActors((system, registry) => registry.Register<NodeSupervisor>(system.ActorOf(NodeSupervisor.PairProps(services), "node")));
}
