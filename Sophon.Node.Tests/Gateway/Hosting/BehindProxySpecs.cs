using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

[Trait("kind", "real")]
public class BehindProxySpecs
{
    /// <summary>Pairs as a Node does whose poll came through proxies; answers where it is said to come from and where to connect.</summary>
    static async Task<(string Address, string Url)> PairAsync(TestGateway gateway, string forwardedFor)
    {
        var node = await gateway.RegisterAsync();
        async Task<PairResponse> PollAsync()
        {
            using var poll = new HttpRequestMessage(HttpMethod.Post, "api/nodes/me/pair") { Content = JsonContent.Create(new PairRequest(node.NodeId, node.PairingSecret, "n")) };
            poll.Headers.Add("X-Forwarded-For", forwardedFor);
            poll.Headers.Add("X-Forwarded-Proto", "https");
            poll.Headers.Host = "gw.example.com";
            return (await (await gateway.Anonymous.SendAsync(poll)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PairResponse>())!;
        }

        await PollAsync();
        var address = (string)(await gateway.NodeAsync(node.NodeId))["facts"]!["address"]!;
        await gateway.ApproveAsync(node.NodeId);
        return (address, (await PollAsync()).GatewayUrl!);
    }

    static Task<TestGateway> GatewayAsync(string proxies = "", string pathBase = "") => TestGateway.OnSocketAsync(
        settings: new() { ["Gateway:TrustedProxies"] = proxies, ["Gateway:PathBase"] = pathBase });

    [Fact]
    public async Task Forwarded_headers_should_count_from_trusted_proxies_only()
    {
        await using (var open = await GatewayAsync()) Assert.Equal(("127.0.0.1", "http://gw.example.com"), await PairAsync(open, "203.0.113.7"));
        await using (var other = await GatewayAsync("10.0.0.0/8")) Assert.Equal(("127.0.0.1", "http://gw.example.com"), await PairAsync(other, "203.0.113.7"));
        await using var trusting = await GatewayAsync("127.0.0.0/8, 10.0.0.0/8");
        Assert.Equal(("203.0.113.7", "https://gw.example.com"), await PairAsync(trusting, "203.0.113.7"));

        // Through two trusted proxies; what stands before the first untrusted address is the client's own invention.
        Assert.Equal("203.0.113.7", (await PairAsync(trusting, "1.2.3.4, 203.0.113.7, 10.1.1.1")).Address);
    }

    [Theory]
    [InlineData("sophon/")]
    [InlineData("")]
    public async Task Path_base_should_be_in_links_whether_or_not_the_proxy_cuts_it_off(string prefix)
    {
        await using var gateway = await GatewayAsync(pathBase: "/sophon");
        var created = await gateway.Admin.PostAsJsonAsync(prefix + "api/nodes", new { displayName = "x", platform = "linux" });
        var node = (await created.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal($"/sophon/api/nodes/{node["nodeId"]}", created.Headers.Location!.ToString());
        Assert.Contains($"--gateway {gateway.Url}sophon ", (string)node["command"]!, StringComparison.Ordinal);
        Assert.True((await gateway.Admin.GetAsync(created.Headers.Location)).IsSuccessStatusCode);
        Assert.True((await gateway.Anonymous.GetAsync(prefix + "health/ready")).IsSuccessStatusCode);
    }
}
