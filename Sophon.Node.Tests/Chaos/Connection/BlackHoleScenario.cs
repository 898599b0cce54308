using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Node.Gateway;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 4: a black hole at each step of a connection's making, then it opens.</summary>
static class BlackHoleScenario
{
    /// <summary>No test has an address here; the name server answers when it is told to.</summary>
    const string Name = "gateway.chaos.test";

    static readonly TimeSpan Recovered = TimeSpan.FromSeconds(60);

    /// <param name="open">How long each hole stays once the Node has fallen into it.</param>
    /// <param name="nodeConf">Over the settings of the field.</param>
    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(TimeSpan open, string nodeConf = "")
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        var fall = new Fall(gateway, open, nodeConf);
        var steps = new (string Name, Func<Task<TimeSpan>> Run)[]
        {
            ("DNS", fall.AtNameAsync),
            ("TCP accept", fall.AtAcceptAsync),
            ("TLS", () => fall.AtAsync(Step.FirstAnswer, tls: true)),
            ("negotiation", () => fall.AtAsync(Step.FirstAnswer)),
            ("upgrade", () => fall.AtAsync(Step.Upgrade)),
            ("handshake", () => fall.AtAsync(Step.Handshake)),
            ("acknowledgement", () => fall.AtAsync(Step.AfterHandshake)),
        };
        if (!NameServer.IsPossible) steps = steps[1..];
        var took = await Task.WhenAll(steps.Select(step => step.Run()));
        return
        [
            .. steps.Zip(took, (step, time) => ChaosRow.Within(
                "4 " + step.Name, $"a black hole at {step.Name} for {ChaosRow.Seconds(open)}, then it opens: online", [time], Recovered)),
        ];
    }

    /// <summary>One Node, and the hole that it falls into.</summary>
    sealed class Fall(GatewayProgram gateway, TimeSpan open, string nodeConf)
    {
        public async Task<TimeSpan> AtAsync(Step step, bool tls = false)
        {
            using var certificate = tls ? LoopbackServer.SelfSigned("localhost") : null;
            await using var proxy = new TcpProxy(gateway.Url.Port, certificate);
            return await RunAsync(
                proxy.Url, certificate, through: null,
                fall: () =>
                {
                    proxy.Weather.Hole = step;
                    return Task.CompletedTask;
                },
                fallen: () => proxy.Weather.Swallowed > 0,
                heal: () => proxy.Weather.Hole = Step.None);
        }

        public async Task<TimeSpan> AtAcceptAsync()
        {
            await using var proxy = new TcpProxy(gateway.Url.Port);
            return await RunAsync(proxy.Url, null, null, proxy.CloseDoorAsync, () => true, proxy.OpenDoor);
        }

        public async Task<TimeSpan> AtNameAsync()
        {
            await using var names = new NameServer(Name);
            using var certificate = LoopbackServer.SelfSigned(Name);
            await using var proxy = new TcpProxy(gateway.Url.Port, certificate);
            return await RunAsync(
                new UriBuilder(proxy.Url) { Host = Name }.Uri, certificate, names.Through,
                fall: () =>
                {
                    names.Answers = false;
                    return Task.CompletedTask;
                },
                fallen: () => names.Ignored > 0,
                heal: () => names.Answers = true);
        }

        async Task<TimeSpan> RunAsync(
            Uri address, X509Certificate2? certificate, IReadOnlyList<string>? through, Func<Task> fall, Func<bool> fallen, Action heal)
        {
            using var folder = new TestFolder();
            var trust = new Dictionary<string, string?>();
            if (certificate is not null)
            {
                // OpenSSL's own variable: how a person would trust a certificate for one program.
                await File.WriteAllTextAsync(folder.File("trusted.pem"), certificate.ExportCertificatePem());
                trust["SSL_CERT_FILE"] = folder.File("trusted.pem");
            }

            await using var node = new NodeProgram(display: null, trust) { Through = through };
            await node.ConfigureAsync($"sophon.node.gateway.first-retry-within = 5s\n{nodeConf}");
            await node.PairAsync(gateway, address);
            await fall();
            node.Launch();
            await Eventually.TrueAsync(fallen, "the Node falls into the hole", TimeSpan.FromSeconds(60));
            await Task.Delay(open);
            heal();
            var watch = Stopwatch.StartNew();
            await gateway.WaitForStateAsync(node.NodeId, "online", Recovered * 2);
            await node.Process.WaitForAsync("Heartbeat sent. Status: Online.", Recovered);
            return watch.Elapsed;
        }
    }
}
