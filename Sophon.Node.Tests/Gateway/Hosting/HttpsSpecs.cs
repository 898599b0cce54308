using System.Net;
using Sophon.Gateway.Hosting;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

[Trait("kind", "real")]
public sealed class HttpsSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly TestCertificates certificates = new();

    string Certificate => folder.File("fullchain.pem");

    string Key => folder.File("privkey.pem");

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    Task<TestGateway> GatewayAsync(string? path = null, string? key = null, string password = "") => TestGateway.OnSocketAsync(settings: new()
    {
        ["Gateway:Listen"] = "https://127.0.0.1:0", ["Gateway:Certificate:Path"] = path ?? Certificate, ["Gateway:Certificate:KeyPath"] = key ?? Key, ["Gateway:Certificate:Password"] = password,
    });

    static async Task<string> SerialAsync(Uri url)
    {
        var serial = "";
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => (serial = presented!.GetSerialNumberString()).Length > 0 } };
        using var client = new HttpClient(handler);
        await client.GetAsync(new Uri(url, "health/live"));
        return serial;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Client_that_knows_the_root_alone_should_get_through_by_http_1_and_2(int version)
    {
        certificates.WritePem(certificates.Server(), Certificate, Key);
        await using var gateway = await GatewayAsync();
        using var client = certificates.Client(gateway.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live") { Version = new Version(version, version == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Host = "gw.example.com";
        var response = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, version), (response.StatusCode, response.Version.Major));
        Assert.Equal("max-age=15552000", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Pkcs12_with_a_password_should_do_too()
    {
        await File.WriteAllBytesAsync(folder.File("server.pfx"), certificates.Pkcs12(certificates.Server(), "pw"));
        await using var gateway = await GatewayAsync(folder.File("server.pfx"), "", "pw");
        using var client = certificates.Client(gateway.Url);
        Assert.True((await client.GetAsync("health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Renewed_certificate_should_be_taken_without_a_restart_and_a_broken_one_not()
    {
        certificates.WritePem(certificates.Server(), Certificate, Key);
        await using var gateway = await GatewayAsync();
        var first = await SerialAsync(gateway.Url);

        using var renewed = certificates.Server();
        certificates.WritePem(renewed, Certificate, Key);
        await Eventually.TrueAsync(async () => await SerialAsync(gateway.Url) == renewed.SerialNumber, "the renewed certificate is presented");
        Assert.NotEqual(first, renewed.SerialNumber);

        await File.WriteAllTextAsync(Key, "half a key");
        var seen = DateTimeOffset.UtcNow + 2 * ServerCertificate.Freshness;
        while (DateTimeOffset.UtcNow < seen) Assert.Equal(renewed.SerialNumber, await SerialAsync(gateway.Url));
    }

    [Fact]
    public async Task Certificate_that_can_not_be_used_should_be_named_at_the_start()
    {
        certificates.WritePem(certificates.Server(), Certificate, Key);
        certificates.WritePem(certificates.Server(), folder.File("other.pem"), folder.File("other.key"));
        await File.WriteAllBytesAsync(folder.File("server.pfx"), certificates.Pkcs12(certificates.Server(), "pw"));
        foreach (var (path, key, password) in new[]
        {
            (folder.File("missing.pem"), Key, ""), (Certificate, folder.File("missing.key"), ""), (Certificate, folder.File("other.key"), ""), (Certificate, "", ""), (folder.File("server.pfx"), "", "s3cret"),
        })
        {
            var error = await Assert.ThrowsAsync<GatewayStartException>(() => GatewayAsync(path, key, password));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
        }
    }
}
