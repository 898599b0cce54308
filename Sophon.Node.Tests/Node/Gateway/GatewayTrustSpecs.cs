using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Connection;
using Sophon.Node.Gateway;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Settings;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Tls;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>Whose certificates count, over REST and WebSocket alike: real TLS, and the reason in words where one is refused. Reliability, line 23.</summary>
[Trait("kind", "real")]
public sealed class GatewayTrustSpecs : IDisposable
{
    static readonly NodeToken Token = new("abc123", "a1b2c3d4e5f6a7b8");

    readonly TestFolder folder = new();
    readonly TestAuthority authority = new();
    readonly TestAuthority stranger = new("Somebody else");

    public void Dispose()
    {
        authority.Dispose();
        stranger.Dispose();
        folder.Dispose();
    }

    public enum Presented { ByAuthority, ByStranger, ForAnotherHost, Expired, SelfSigned, SelfSignedExpired }

    public enum Trusted { System, CaFile, Pin, OtherPin, CaFileAndPin, CaFileAndOtherPin }

    [Theory]
    [InlineData(Presented.ByAuthority, Trusted.System, "signed by nobody whom this machine trusts")]
    [InlineData(Presented.ByAuthority, Trusted.CaFile, null)]
    [InlineData(Presented.ByAuthority, Trusted.CaFileAndPin, null)]
    [InlineData(Presented.ByAuthority, Trusted.CaFileAndOtherPin, "is not the pinned one")]
    [InlineData(Presented.ByAuthority, Trusted.Pin, null)]
    [InlineData(Presented.ByAuthority, Trusted.OtherPin, "is not the pinned one")]
    [InlineData(Presented.ByStranger, Trusted.CaFile, "is not signed by what the CA file holds")]
    [InlineData(Presented.ByStranger, Trusted.CaFileAndPin, "is not signed by what the CA file holds")]
    [InlineData(Presented.ForAnotherHost, Trusted.CaFile, "is for gw.example.com, not for this address")]
    [InlineData(Presented.ForAnotherHost, Trusted.Pin, "is for gw.example.com, not for this address")]
    [InlineData(Presented.Expired, Trusted.CaFile, "is valid from")]
    [InlineData(Presented.Expired, Trusted.Pin, "is valid from")]
    [InlineData(Presented.SelfSigned, Trusted.Pin, null)]
    [InlineData(Presented.SelfSigned, Trusted.CaFile, "is not signed by what the CA file holds")]
    [InlineData(Presented.SelfSignedExpired, Trusted.Pin, "is valid from")]
    public async Task Certificate_should_count_or_be_refused_alike_over_rest_and_websocket(Presented presented, Trusted trusted, string? refusal)
    {
        using var certificate = Make(presented);
        var trust = GatewayTrust.Load(SettingsOf(trusted, certificate));
        await using var rest = await LoopbackServer.StartAsync(
            app => app.MapPost(WireNames.PairPath, () => "{\"status\":\"pending\",\"pairingCode\":\"ABC-123\"}"), certificate: certificate);
        await using var hub = await RawHub.StartAsync((socket, _) => socket.DrainAsync(), certificate: certificate);
        string? overRest = await PollAsync(rest.Address, trust), overWebSocket = await ConnectAsync(hub.Address, trust);
        if (refusal is null)
        {
            Assert.Null(overRest);
            Assert.Null(overWebSocket);
            return;
        }

        foreach (var (address, message) in new[] { (rest.Address, overRest), (hub.Address, overWebSocket) })
        {
            Assert.NotNull(message);
            Assert.Contains(refusal, message, StringComparison.Ordinal);
            Assert.Contains($"subject {certificate.Subject}, issuer {certificate.Issuer}, SHA-256 {CertificatePin.Of(certificate)}, valid {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to ", message, StringComparison.Ordinal);
        }

        Assert.Contains($"{rest.Address.Host}:{rest.Address.Port}", overRest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "can't be read")]
    [InlineData("", "holds no certificate in PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "can't be read")]
    public void Useless_ca_file_should_be_an_error_that_names_it(string? content, string says)
    {
        var file = folder.File("ca.pem");
        if (content is not null) File.WriteAllText(file, content);
        var error = Assert.Throws<SettingsException>(() => GatewayTrust.Load(new ConnectionSettings(CaFile: file)));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    X509Certificate2 Make(Presented presented) => presented switch
    {
        Presented.ByStranger => stranger.Issue("localhost"),
        Presented.ForAnotherHost => authority.Issue("gw.example.com", address: false),
        Presented.Expired => authority.Issue("localhost", expired: true),
        Presented.SelfSigned => LoopbackServer.SelfSigned("localhost"),
        Presented.SelfSignedExpired => LoopbackServer.SelfSigned("localhost", expired: true),
        _ => authority.Issue("localhost"),
    };

    ConnectionSettings SettingsOf(Trusted trusted, X509Certificate2 certificate)
    {
        var file = trusted is Trusted.CaFile or Trusted.CaFileAndPin or Trusted.CaFileAndOtherPin ? authority.WriteTo(folder.File("ca.pem")) : null;
        using var other = stranger.Issue("localhost");
        var pin = trusted switch
        {
            Trusted.Pin or Trusted.CaFileAndPin => CertificatePin.Of(certificate),
            Trusted.OtherPin or Trusted.CaFileAndOtherPin => CertificatePin.Of(other),
            _ => null,
        };
        return new ConnectionSettings(file, pin);
    }

    /// <summary>Why it failed; null when it did not.</summary>
    static async Task<string?> PollAsync(Uri gateway, GatewayTrust trust)
    {
        var http = new GatewayHttp(trust);
        using var client = http.CreateClient(TimeSpan.FromSeconds(20));
        var poll = await new HttpPairingClient(client, () => http.CertificateProblem, new SecretRedactor(), TimeProvider.System)
            .PollAsync(gateway, new PairRequest("abc123", "s_a1b2c3d4e5"), CancellationToken.None);
        if (poll is not PairPoll.Failed failed) return null;
        Assert.Equal(PairingFailure.Tls, failed.Failure);
        return failed.Message;
    }

    /// <summary>Why it failed; null when it did not.</summary>
    static async Task<string?> ConnectAsync(Uri gateway, GatewayTrust trust)
    {
        using var log = new RecordingLog();
        await using var hub = new SignalRGatewayHubFactory(new GatewaySettings(), new GatewayHttp(trust), log).Create(new NodeIdentity(gateway, Token), new RecordingListener());
        try
        {
            await hub.StartAsync(CancellationToken.None);
            return null;
        }
        catch (HubFailedException error)
        {
            return error.Message;
        }
    }
}
