using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Gateway;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Actors.Fakes;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 6: a Gateway restarted under its whole fleet. The fleet is the Node's own actor tree and hub client, once per Node, in this process; the Gateway is a real one.</summary>
static class StormScenario
{
    const string Quiet = """
        akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.tick-duration = 100ms }
        """;

    static readonly TimeSpan MostBack = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(int nodes, params TimeSpan[] outages)
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        var fleet = new Fleet(gateway);
        var tokens = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, nodes), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => tokens.Add(await fleet.PairAsync($"node {number}")));
        using var system = ActorSystem.Create("fleet", Quiet);
        var log = new ArrivalLog();
        var observer = system.ActorOf(Props.Create(() => new Observer(log)));
        system.EventStream.Subscribe(observer, typeof(NodeEvents.INodeEvent));
        foreach (var token in tokens) system.ActorOf(NodeSupervisor.RunProps(Services(gateway.Url, token)));
        await Eventually.TrueAsync(() => log.Online == nodes, "the fleet is online", TimeSpan.FromSeconds(90));
        var rows = new List<ChaosRow>();
        foreach (var outage in outages) rows.Add(await OutageAsync(gateway, log, nodes, outage));
        await system.Terminate();
        return rows;
    }

    static async Task<ChaosRow> OutageAsync(GatewayProgram gateway, ArrivalLog log, int nodes, TimeSpan outage)
    {
        log.GatewayDies();
        await gateway.KillAsync();
        await Eventually.TrueAsync(() => log.Failures >= nodes, "every Node has noticed", TimeSpan.FromSeconds(60));
        await Task.Delay(outage);
        await gateway.StartAsync();
        log.GatewayIsUp();
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => log.Online >= nodes * 95 / 100, "95 % are back", MostBack * 2);
        var most = watch.Elapsed;
        await Eventually.TrueAsync(() => log.Online == nodes, "all are back", MostBack * 2);
        return new(
            "6", $"Gateway away for {ChaosRow.Seconds(outage)} under {nodes} Nodes", "1 ×",
            $"95 % back in {ChaosRow.Seconds(most)}, all in {ChaosRow.Seconds(watch.Elapsed)}; refused {log.Refused}; at most {log.PeakPerSecond} a second",
            $"95 % ≤ {ChaosRow.Seconds(MostBack)}, refused 0", most <= MostBack && log.Refused == 0);
    }

    static NodeServices Services(Uri gateway, string token)
    {
        if (!NodeToken.TryParse(token, out var parsed)) throw new ArgumentException("no token", nameof(token));
        var settings = new NodeSettings();
        return new NodeServices(
            settings, new NodeFacts("host", "me", "linux", "Debian", "1.0.0"), new FakeIdentityStore(new NodeIdentity(gateway, parsed)), Substitute.For<IPairingClient>(),
            new SignalRGatewayHubFactory(settings.Gateway, new GatewayHttp(GatewayTrust.OfThisSystem), NullLoggerProvider.Instance), new FakeDesktop(), Substitute.For<IImageEncoder>(),
            new FakePolicy(), new FakePrograms(), new FakeConsent(), new FakeAudit(), TimeProvider.System, new MemoryJournal());
    }

    sealed class Observer : ReceiveActor
    {
        public Observer(ArrivalLog log) => Receive<NodeEvents.INodeEvent>(log.On);
    }

    /// <summary>Who comes and goes.</summary>
    sealed class ArrivalLog
    {
        readonly Lock gate = new();
        readonly List<long> arrivals = [];
        bool up;

        /// <summary>Since the Gateway's last death.</summary>
        public int Online
        {
            get
            {
                lock (gate) return arrivals.Count;
            }
        }

        /// <summary>Connections lost and attempts failed since the Gateway's last death.</summary>
        public int Failures { get; private set; }

        /// <summary>Attempts that failed although the Gateway was there again.</summary>
        public int Refused { get; private set; }

        public int PeakPerSecond
        {
            get
            {
                lock (gate) return arrivals.Select(from => arrivals.Count(at => at >= from && Stopwatch.GetElapsedTime(from, at) < TimeSpan.FromSeconds(1))).DefaultIfEmpty(0).Max();
            }
        }

        public void On(NodeEvents.INodeEvent happened)
        {
            lock (gate)
            {
                switch (happened)
                {
                    case NodeEvents.ConnectedToGateway:
                        arrivals.Add(Stopwatch.GetTimestamp());
                        break;
                    case NodeEvents.ConnectionLost:
                        Failures++;
                        if (up) Refused++;
                        break;
                }
            }
        }

        public void GatewayDies()
        {
            lock (gate)
            {
                arrivals.Clear();
                (Failures, Refused, up) = (0, 0, false);
            }
        }

        public void GatewayIsUp()
        {
            lock (gate) up = true;
        }
    }
}
