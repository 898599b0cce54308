using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

public class AnswerHeadersSpecs
{
    static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    [Theory]
    [InlineData("api/nodes", 200)]
    [InlineData("api/nodes/none", 404)]
    [InlineData("nowhere", 404)]
    [InlineData("health/live", 200)]
    [InlineData("openapi/v1.json", 200)]
    public async Task Every_answer_should_forbid_sniffing_framing_and_referrers(string path, int status)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var response = await gateway.Admin.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    public async Task Other_sites_should_be_let_read_nothing(string method)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        foreach (var path in new[] { "api/nodes", "api/nodes/me/pair", "hubs/node/negotiate", "health/live", "" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", "https://evil.example.com");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            var response = await gateway.Admin.SendAsync(request);
            Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Lists_should_be_compressed_and_secrets_not()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        await gateway.RegisterAsync();
        Assert.Equal("br", (await AskAsync(gateway.Admin, "api/nodes", ("Accept-Encoding", "br"))).Content.Headers.ContentEncoding.Single());
        Assert.Empty((await AskAsync(gateway.Admin, "api/nodes")).Content.Headers.ContentEncoding);

        using var register = new HttpRequestMessage(HttpMethod.Post, "api/nodes") { Content = new StringContent("""{"displayName":"x","platform":"linux"}""", null, "application/json") };
        register.Headers.Add("Accept-Encoding", "br");
        var secret = await gateway.Admin.SendAsync(register);
        Assert.True(secret.IsSuccessStatusCode);
        Assert.Empty(secret.Content.Headers.ContentEncoding);
    }
}
