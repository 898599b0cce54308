using Akka.Actor;

namespace Sophon.Node.Actors;

/// <summary>The root of the tree, <c>/user/node</c>.</summary>
public sealed class NodeSupervisor : ReceiveActor
{
    /// <summary>The whole Node: connects as soon as an identity is there.</summary>
    public static Props RunProps(NodeServices services) => Props.Create(() => new NodeSupervisor(services, false));

    /// <summary>Pairing only: takes <see cref="Pairing.PairingActorMessages.StartPairing"/> and never connects.</summary>
    public static Props PairProps(NodeServices services) => Props.Create(() => new NodeSupervisor(services, true));

    NodeSupervisor(NodeServices services, bool pairingOnly) => (_, _) = (services, pairingOnly);
}
