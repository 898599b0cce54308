using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>A Node behind a forward proxy: REST and WebSocket go through it, or around it where NO_PROXY says so.</summary>
[Trait("kind", "real")]
public sealed class ProxySpecs
{
    [Theory]
    [InlineData("http_proxy")]
    [InlineData("HTTP_PROXY")]
    public async Task Proxy_of_the_environment_should_carry_pairing_and_connection(string variable)
    {
        using var proxy = new ForwardProxy();
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { [variable] = proxy.Url, ["no_proxy"] = null, ["NO_PROXY"] = null });
        await node.ConfigureAsync();
        await node.PairAsync(gateway);
        Assert.Contains(proxy.Requests, line => line.StartsWith($"POST {gateway.Url}api/nodes/", StringComparison.Ordinal));
        Assert.DoesNotContain(proxy.Requests, line => line.StartsWith("CONNECT ", StringComparison.Ordinal));

        await node.StartAsync();
        Assert.Contains(proxy.Requests, line => line.StartsWith($"POST {gateway.Url}hubs/node/negotiate", StringComparison.Ordinal));
        Assert.Contains($"CONNECT {gateway.Url.Authority} HTTP/1.1", proxy.Requests);
        Assert.Equal("succeeded", (await gateway.ExecuteAsync(node.NodeId, "system.info")).Status);
    }

    [Fact]
    public async Task No_proxy_should_go_around_it()
    {
        using var proxy = new ForwardProxy();
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["http_proxy"] = proxy.Url, ["no_proxy"] = "127.0.0.1" });
        await node.ConfigureAsync();
        await node.PairAsync(gateway);
        await node.StartAsync();
        Assert.Empty(proxy.Requests);
    }
}
