using Akka.Actor;
using Akka.Hosting;
using Sophon.Node.Actors;

namespace Sophon.Node.Reporting;

/// <summary>Brings the tree's events out of the actor system, in order, one at a time; and its end, should it end without a word.</summary>
sealed class NodeEventRelay : ReceiveActor
{
    readonly Action<NodeEvents.INodeEvent> receiver;
    bool failed;

    public NodeEventRelay(Action<NodeEvents.INodeEvent> receiver)
    {
        this.receiver = receiver;
        Receive<WatchOver>(watch => Context.Watch(watch.Tree));
        Receive<Terminated>(_ => OnTreeEnded());
        Receive<NodeEvents.NodeFailed>(Fail);
        Receive<NodeEvents.INodeEvent>(receiver);
    }

    public sealed record WatchOver(IActorRef Tree);

    // A supervisor whose constructor throws is stopped without its PostStop: nobody else would tell, and the program would wait for ever.
    void OnTreeEnded()
    {
        if (CoordinatedShutdown.Get(Context.System).ShutdownReason is null) Fail(new NodeEvents.NodeFailed("The Node's tree has ended; the log names the cause."));
    }

    void Fail(NodeEvents.NodeFailed happened)
    {
        if (failed) return;
        failed = true;
        receiver(happened);
    }
}

static class NodeEventRelayHosting
{
    /// <param name="plant">Puts the tree into the actor system. It publishes as soon as it is there, so the relay is there before it.</param>
    /// <param name="receiver">Called for each event.</param>
    public static AkkaConfigurationBuilder WithEventsTo(
        this AkkaConfigurationBuilder builder, Action<NodeEvents.INodeEvent> receiver, Func<AkkaConfigurationBuilder, AkkaConfigurationBuilder> plant)
    {
        builder.WithActors((system, registry) =>
        {
            var relay = system.ActorOf(Props.Create(() => new NodeEventRelay(receiver)), "node-events");
            system.EventStream.Subscribe(relay, typeof(NodeEvents.INodeEvent));
            registry.Register<NodeEventRelay>(relay);
        });
        return plant(builder).WithActors((_, registry) =>
            registry.Get<NodeEventRelay>().Tell(new NodeEventRelay.WatchOver(registry.Get<NodeSupervisor>()), ActorRefs.NoSender));
    }
}
