using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Fleet;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>The Gateway with 5,000 registered Nodes, 500 of them connected.</summary>
[Trait("kind", "real")]
public sealed class FleetSpecs(ITestOutputHelper output)
{
    const int Registered = 5_000;
    const int Connected = 500;

    [Fact]
    public async Task Gateway_should_hold_five_hundred_of_five_thousand_nodes()
    {
        IReadOnlyList<NodeToken> tokens = [];
        var watch = Stopwatch.StartNew();
        await using var gateway = await GatewayProgram.StartNewAsync(prepare: async data => tokens = await FleetRegistry.RegisterAsync(data, Registered));
        output.WriteLine($"{Registered} registered and the Gateway up after {watch.Elapsed.TotalSeconds:0.0} s");

        watch.Restart();
        await using var fleet = await ConnectedFleet.ConnectAsync(gateway.Url, tokens.Take(Connected));
        output.WriteLine($"{Connected} connected after {watch.Elapsed.TotalSeconds:0.0} s");
        await Eventually.TrueAsync(async () => await OnlineAsync(gateway) == Connected, "500 are online", TimeSpan.FromMinutes(1));

        watch.Restart();
        var nodes = await gateway.Http.GetFromJsonAsync<JsonElement>("api/nodes");
        output.WriteLine($"the list of {nodes.GetArrayLength()} nodes over REST: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(Registered, nodes.GetArrayLength());

        watch.Restart();
        var answers = await Task.WhenAll(tokens.Take(Connected).Select(token => gateway.ExecuteAsync(token.NodeId, "system.info")));
        output.WriteLine($"a command on each of {Connected}: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.All(answers, answer => Assert.Equal("succeeded", answer.Status));
        Assert.Equal((Connected, Connected), (fleet.Connected, fleet.Answered));
    }

    static async Task<int> OnlineAsync(GatewayProgram gateway) =>
        (await gateway.Http.GetFromJsonAsync<JsonElement>("api/nodes")).EnumerateArray().Count(node => node.GetProperty("state").GetString() == "online");
}
