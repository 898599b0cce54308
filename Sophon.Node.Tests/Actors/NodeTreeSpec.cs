using System.Buffers;
using Akka.Actor;
using Akka.TestKit.Xunit;
using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors;

/// <summary>The whole tree against a Gateway and a desktop in memory.</summary>
/// <param name="config">Over the kit's own.</param>
public abstract class NodeTreeSpec(string config = "") : TestKit(config + """

    akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy, Akka"
    akka.loglevel = ERROR
    akka.test.default-timeout = 10s
    """)
{
    private protected FakeGateway Gateway { get; } = new();

    private protected FakeDesktop Desktop { get; } = new();

    private protected FakePolicy Policy { get; } = new();

    private protected FakeConsent Consent { get; } = new();

    private protected FakeAudit Audit { get; } = new();

    private protected MemoryJournal Journal { get; } = new();

    private protected FakeIdentityStore Identity { get; set; } = new(FakeIdentityStore.Paired);

    protected IPairingClient PairingClient { get; } = Substitute.For<IPairingClient>();

    protected NodeSettings Settings { get; set; } = new()
    {
        Gateway = new GatewaySettings { FirstRetryWithin = TimeSpan.FromMilliseconds(50), RetryCap = TimeSpan.FromMilliseconds(200) },
        Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(200) },
        Commands = new CommandSettings { KillGrace = TimeSpan.FromMilliseconds(300) },
        Pairing = new PairingSettings { PollInterval = TimeSpan.FromMilliseconds(20) },
    };

    protected NodeServices Services()
    {
        var encoder = Substitute.For<IImageEncoder>();
        encoder.EncodeJpeg(null!, 0, null).ReturnsForAnyArgs(call => new EncodedImage([1, 2, 3], call.Arg<PixelImage>().Width, call.Arg<PixelImage>().Height, 1));
        encoder.EncodePart(null!, default, 0, null!).ReturnsForAnyArgs(call =>
        {
            call.Arg<IBufferWriter<byte>>().Write<byte>([(byte)call.Arg<int>(), 2, 3]);
            return 3;
        });
        return new NodeServices(
            Settings, new NodeFacts("host", "me", "linux", "Debian", "1.0.0"), Identity, PairingClient, Gateway, Desktop, encoder,
            Policy, new FakePrograms(), Consent, Audit, TimeProvider.System, Journal);
    }

    // The kit's own default polls once a second.
    protected void Eventually(Func<bool> condition) => AwaitCondition(condition, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(5));

    protected IActorRef StartNode() => Sys.ActorOf(NodeSupervisor.RunProps(Services()), "node");

    /// <summary>As a kill of the process: the tree is gone at once, and a new one starts on what the journal holds.</summary>
    protected void KillProcess(IActorRef node)
    {
        var left = Journal.Bytes;
        node.Tell(PoisonPill.Instance);
        Watch(node);
        ExpectTerminated(node);
        Journal.Bytes = left;
        Gateway.Forget();
    }

    /// <summary>Starts the tree and waits until the Gateway has had a heartbeat: then scopes and connection have reached everybody.</summary>
    protected IActorRef StartOnlineNode()
    {
        var node = StartNode();
        Eventually(() => !Gateway.Heartbeats.IsEmpty);
        return node;
    }

    private protected CommandResult AwaitResult(string id)
    {
        Eventually(() => Gateway.ResultOf(id) is not null);
        return Gateway.ResultOf(id)!;
    }

    private protected CommandResult Run(string type, object? parameters = null, int timeoutSeconds = 30) =>
        AwaitResult(Gateway.Execute(type, parameters, timeoutSeconds));

    private protected void AssertSucceeded(string type, object? parameters = null)
    {
        var result = Run(type, parameters);
        Assert.True(result.Status == CommandStatus.Succeeded, $"{type}: {result.Status} {result.Error?.Message}");
    }

    protected IActorRef Find(string path) =>
        Sys.ActorSelection($"/user/node/{path}").ResolveOne(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();
}
