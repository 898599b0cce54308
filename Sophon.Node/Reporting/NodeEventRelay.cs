using Akka.Actor;
using Akka.Hosting;
using Sophon.Node.Actors;

namespace Sophon.Node.Reporting;

/// <summary>Brings the tree's events out of the actor system, in order, one at a time.</summary>
sealed class NodeEventRelay : ReceiveActor
{
    public NodeEventRelay(Action<NodeEvents.INodeEvent> receiver) => Receive<NodeEvents.INodeEvent>(receiver);
}

static class NodeEventRelayHosting
{
    /// <summary>Has to come before the tree, which publishes as soon as it is there.</summary>
    public static AkkaConfigurationBuilder WithEventsTo(this AkkaConfigurationBuilder builder, Action<NodeEvents.INodeEvent> receiver) =>
        builder.WithActors((system, _) =>
        {
            var relay = system.ActorOf(Props.Create(() => new NodeEventRelay(receiver)), "node-events");
            system.EventStream.Subscribe(relay, typeof(NodeEvents.INodeEvent));
        });
}
