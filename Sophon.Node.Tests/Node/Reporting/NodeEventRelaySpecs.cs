using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit.Xunit;
using Sophon.Node.Actors;
using Sophon.Node.Reporting;
using Xunit;

namespace Sophon.Node.Tests.Node.Reporting;

public sealed class NodeEventRelaySpecs : TestKit
{
    readonly BlockingCollection<NodeEvents.INodeEvent> heard = [];
    readonly IActorRef relay;

    public NodeEventRelaySpecs()
    {
        relay = Sys.ActorOf(Props.Create(() => new NodeEventRelay(happened => heard.Add(happened))));
        Sys.EventStream.Subscribe(relay, typeof(NodeEvents.INodeEvent));
    }

    [Fact]
    public void Events_should_come_out_in_order()
    {
        for (var attempt = 1; attempt <= 100; attempt++) Sys.EventStream.Publish(new NodeEvents.ConnectionAttempted(attempt));
        for (var attempt = 1; attempt <= 100; attempt++) Assert.Equal(new NodeEvents.ConnectionAttempted(attempt), Next());
    }

    [Fact]
    public void Tree_that_ends_without_a_word_should_be_told()
    {
        relay.Tell(new NodeEventRelay.WatchOver(Sys.ActorOf(Props.Create(() => new Stillborn()))));
        Assert.IsType<NodeEvents.NodeFailed>(Next());
    }

    [Fact]
    public void Tree_that_told_its_end_itself_should_not_be_told_twice()
    {
        var tree = CreateTestProbe();
        relay.Tell(new NodeEventRelay.WatchOver(tree));
        Sys.EventStream.Publish(new NodeEvents.NodeFailed("first"));
        Sys.Stop(tree);
        Watch(tree);
        ExpectTerminated(tree);
        Sys.EventStream.Publish(new NodeEvents.ConnectionAttempted(1));
        Assert.Equal(new NodeEvents.NodeFailed("first"), Next());
        Assert.Equal(new NodeEvents.ConnectionAttempted(1), Next());
    }

    NodeEvents.INodeEvent Next() => heard.TryTake(out var happened, TimeSpan.FromSeconds(20)) ? happened : throw new TimeoutException("no event came");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) heard.Dispose();
    }

    sealed class Stillborn : ReceiveActor
    {
        public Stillborn() => throw new InvalidOperationException("as intended");
    }
}
