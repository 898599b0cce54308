using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Gateway;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>What real sockets and real TLS make of the pairing client's classification.</summary>
[Trait("kind", "real")]
public sealed class PairingOverSocketsSpecs
{
    [Fact]
    public async Task Pending_should_arrive_with_the_clock_difference()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, () => "{\"status\":\"pending\",\"pairingCode\":\"ABC-123\"}"));
        var answered = Assert.IsType<PairPoll.Answered>(await PollAsync(server.Address));
        Assert.Equal("ABC-123", answered.Response.PairingCode);
        Assert.InRange(answered.ClockDifference!.Value.TotalSeconds, -5, 30);
    }

    [Theory]
    [InlineData(true, false, "its certificate is self-signed", "trust store")]
    [InlineData(false, false, "its certificate is for gw.example.com, not for this address", "Pair with the name")]
    [InlineData(true, true, "its certificate is valid from", "Renew")]
    public async Task Certificate_that_can_not_be_trusted_should_be_tls_with_its_reason_and_cure(bool forLoopback, bool expired, string reason, string cure)
    {
        using var certificate = LoopbackServer.SelfSigned("gw.example.com", forLoopback, expired);
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, () => Interlocked.Increment(ref asked)), certificate: certificate);
        var failed = await FailureAsync(server.Address);
        Assert.Equal(PairingFailure.Tls, failed.Failure);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.Contains(cure, failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Https_to_a_plain_port_should_be_tls()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", () => ""));
        var failed = await FailureAsync(new UriBuilder(server.Address) { Scheme = "https" }.Uri);
        Assert.Equal(PairingFailure.Tls, failed.Failure);
        Assert.Contains("or http?", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_port_should_be_unreachable_and_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var failed = await FailureAsync(new Uri($"https://127.0.0.1:{port}"));
        Assert.Equal(PairingFailure.Unreachable, failed.Failure);
        Assert.Contains($"nothing listens at 127.0.0.1:{port}", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_name_should_be_unreachable_and_named()
    {
        var failed = await FailureAsync(new Uri("https://no-such-host.invalid"));
        Assert.Equal(PairingFailure.Unreachable, failed.Failure);
        Assert.Contains("no-such-host.invalid", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_should_not_be_followed()
    {
        var followed = false;
        await using var server = await LoopbackServer.StartAsync(app =>
        {
            app.MapPost(WireNames.PairPath, () => Results.Redirect("/stolen", permanent: false, preserveMethod: true));
            app.MapPost("/stolen", () => followed = true);
        });
        Assert.Equal(PairingFailure.NotAGateway, (await FailureAsync(server.Address)).Failure);
        Assert.False(followed);
    }

    [Fact]
    public async Task Silent_server_should_be_unreachable_after_the_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var failed = await FailureAsync(new Uri($"http://{listener.LocalEndpoint}"), TimeSpan.FromSeconds(1));
        Assert.Equal(PairingFailure.Unreachable, failed.Failure);
        Assert.Contains("in time", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/9.9 hello\r\n\r\n")]
    public async Task Server_that_speaks_something_else_should_be_no_gateway(string greeting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting));
            await client.GetStream().CopyToAsync(Stream.Null);
        });
        Assert.Equal(PairingFailure.NotAGateway, (await FailureAsync(new Uri($"http://{listener.LocalEndpoint}"))).Failure);
    }

    [Fact]
    public async Task Endless_answer_should_be_no_gateway()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapPost(WireNames.PairPath, () => new string('x', 1_000_000)));
        Assert.Equal(PairingFailure.NotAGateway, (await FailureAsync(server.Address)).Failure);
    }

    static async Task<PairPoll.Failed> FailureAsync(Uri gateway, TimeSpan? timeout = null) => Assert.IsType<PairPoll.Failed>(await PollAsync(gateway, timeout));

    static async Task<PairPoll> PollAsync(Uri gateway, TimeSpan? timeout = null)
    {
        var http = new GatewayHttp(GatewayTrust.OfThisSystem);
        using var client = http.CreateClient(timeout ?? TimeSpan.FromSeconds(20));
        return await new HttpPairingClient(client, () => http.CertificateProblem, new SecretRedactor(), TimeProvider.System)
            .PollAsync(gateway, new PairRequest("abc123", "s_a1b2c3d4e5"), CancellationToken.None);
    }
}
