using System.Collections.Concurrent;
using Akka.Actor;
using Sophon.Node.Actors;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.GatewayConnection;
using Sophon.Node.Actors.Watchdog;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.Watchdog;

/// <summary>Two threads for all actors, of their own: what hangs here starves no other test.</summary>
public sealed class NodeWatchdogSpecs() : NodeTreeSpec("akka.actor.default-dispatcher { executor = fork-join-executor, dedicated-thread-pool { thread-count = 2, threadtype = background } }")
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    readonly ConcurrentQueue<string> stuck = new();

    // A healthy tree on a loaded machine must not look stuck.
    NodeWatchdog Watch(IActorRef node, bool patiently = false) =>
        new(node, new WatchdogSettings(Interval, patiently ? TimeSpan.FromSeconds(60) : TimeSpan.FromMilliseconds(900)), TimeProvider.System, stuck.Enqueue);

    HangingRef Hanging() => new((ExtendedActorSystem)Sys);

    [Fact]
    public void Healthy_tree_should_answer_again_and_again()
    {
        var answers = CreateTestProbe();
        Sys.EventStream.Subscribe(answers, typeof(NodeEvents.TreeResponded));
        using var watchdog = Watch(StartOnlineNode(), patiently: true);
        answers.ExpectMsg<NodeEvents.TreeResponded>();
        answers.ExpectMsg<NodeEvents.TreeResponded>(TimeSpan.FromSeconds(30));
        Assert.Empty(stuck);
    }

    [Fact]
    public void Draining_tree_should_answer_too()
    {
        var node = StartOnlineNode();
        node.Tell(new NodeSupervisorMessages.Drain());
        ExpectMsg<NodeSupervisorMessages.Drained>();
        var answers = CreateTestProbe();
        Sys.EventStream.Subscribe(answers, typeof(NodeEvents.TreeResponded));
        using var watchdog = Watch(node, patiently: true);
        answers.ExpectMsg<NodeEvents.TreeResponded>();
    }

    [Fact]
    public void Hanging_connection_should_be_noticed()
    {
        var node = StartOnlineNode();
        using var hanging = Hanging();
        Find("gateway-connection").Tell(new GatewayConnectionMessages.ReportTo(hanging));
        Eventually(() => hanging.Caught == 1);
        using var watchdog = Watch(node);
        Eventually(() => stuck.Count == 1);
        Assert.Contains("hangs", stuck.First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hanging_router_should_be_noticed()
    {
        var node = StartOnlineNode();
        using var hanging = Hanging();
        Find("command-router").Tell(new CommandRouterMessages.ReportQueueDepth(), hanging);
        Eventually(() => hanging.Caught == 1);
        using var watchdog = Watch(node);
        Eventually(() => stuck.Count == 1);
    }

    [Fact]
    public void Disk_that_hangs_under_the_journal_should_be_noticed()
    {
        using var release = new ManualResetEventSlim();
        var node = StartOnlineNode();
        Journal.OnAppend = () => release.Wait(TimeSpan.FromSeconds(60));
        Gateway.Execute("system.info");
        using var watchdog = Watch(node);
        Eventually(() => stuck.Count == 1);
        release.Set();
    }

    [Fact]
    public void Dispatcher_without_a_free_thread_should_be_noticed()
    {
        var node = StartOnlineNode();
        using var hanging = Hanging();
        for (var i = 0; i < 2; i++)
            Sys.ActorOf(Props.Create(() => new Teller(hanging))).Tell("hang");
        Eventually(() => hanging.Caught == 2);
        using var watchdog = Watch(node);
        Eventually(() => stuck.Count == 1);
    }

    [Fact]
    public void Stopped_watchdog_should_say_nothing()
    {
        var node = StartOnlineNode();
        using var hanging = Hanging();
        Find("gateway-connection").Tell(new GatewayConnectionMessages.ReportTo(hanging));
        Eventually(() => hanging.Caught == 1);
        Watch(node).Dispose();
        Assert.False(SpinWait.SpinUntil(() => !stuck.IsEmpty, TimeSpan.FromSeconds(2)));
    }

    sealed class Teller : ReceiveActor
    {
        public Teller(IActorRef target) => ReceiveAny(target.Tell);
    }
}
