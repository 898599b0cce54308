using Akka;
using Akka.Actor;
using Akka.Hosting;
using Sophon.Node.Actors.Watchdog;
using static Sophon.Node.Actors.NodeSupervisorMessages;

namespace Sophon.Node.Actors;

/// <summary>Puts the tree into a host. Draining is part of Akka's coordinated shutdown, which Akka.Hosting runs when the host stops.</summary>
public static class NodeHosting
{
    /// <summary>The whole Node, at <c>/user/node</c>, under a watchdog.</summary>
    /// <param name="onStuck">Called on a thread of its own when the tree hangs: end the process.</param>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder builder, NodeServices services, Action<string> onStuck) =>
        builder.WithTree(NodeSupervisor.RunProps(services)).WithActors((_, registry) =>
        {
            var node = registry.Get<NodeSupervisor>();
            var watchdog = new NodeWatchdog(node, services.Settings.Watchdog, services.Time, onStuck);
            node.WatchAsync().ContinueWith(_ => watchdog.Dispose(), TaskScheduler.Default);
        });

    /// <summary>Pairing only: send <see cref="Pairing.PairingActorMessages.StartPairing"/> to the registered <see cref="NodeSupervisor"/>; the end comes as <see cref="NodeEvents.Paired"/> or <see cref="NodeEvents.PairingFailed"/>.</summary>
    public static AkkaConfigurationBuilder WithPairing(this AkkaConfigurationBuilder builder, NodeServices services) =>
        builder.WithTree(NodeSupervisor.PairProps(services));

    static AkkaConfigurationBuilder WithTree(this AkkaConfigurationBuilder builder, Props supervisor) => builder.WithActors((system, registry) =>
    {
        var node = system.ActorOf(supervisor, "node");
        registry.Register<NodeSupervisor>(node);

        // The phase's own timeout (hocon/akka.conf) bounds the wait: draining commands, flushing results, closing the connection.
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "drain-node", async () =>
        {

            // A tree that has failed for good has nothing to drain.
            await Task.WhenAny(node.WatchAsync(), node.Ask<Drained>(new Drain(), shutdown.Timeout(CoordinatedShutdown.PhaseBeforeServiceUnbind)));
            return Done.Instance;
        });
    });
}
