using System.Diagnostics;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

/// <summary>Prints what the Gateway's own share of a round trip is: REST, store, hub, a Node that answers at once, store, REST. Asserts only that all are answered.</summary>
[Trait("kind", "real")]
public class CommandThroughputSpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task Round_trips_should_all_be_answered_and_their_speed_printed()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        _ = node.ServeAsync(_ => new { hostName = "measured", processorCount = 2 });
        for (var warm = 0; warm < 200; warm++) await RunAsync(gateway, token.NodeId);

        var single = new List<double>();
        for (var round = 0; round < 500; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await RunAsync(gateway, token.NodeId);
            single.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => RunAsync(gateway, token.NodeId)));
        var elapsed = Stopwatch.GetElapsedTime(begin);

        single.Sort();
        output.WriteLine($"one in flight: p50 {single[250]:0.00} ms, p95 {single[475]:0.00} ms; 1,000 at once: {elapsed.TotalMilliseconds:0} ms, {1_000 / elapsed.TotalSeconds:0} commands/s");
    }

    static async Task RunAsync(TestGateway gateway, string nodeId) =>
        Assert.Equal("succeeded", (string?)(await gateway.PostCommandAsync(nodeId, "system.info").JsonAsync())["status"]);
}
