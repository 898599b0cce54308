using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hub;

public class AuditHeadSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    static readonly NodeRecord Node = new()
    {
        Id = "n", DisplayName = "PC", Platform = "linux", CreatedAt = Now, Stage = NodeStage.Active, SecretHash = "", PairingCode = "", SecretExpiresAt = Now,
    };

    static AuditHead Head(long sequence, char digit = 'a') => new(sequence, new string(digit, 64));

    static NodeRecord Take(NodeRecord node, params AuditHead?[] heads) => heads.Aggregate(node, (present, head) => AuditHeads.Take(present, head, Now));

    [Fact]
    public void Furthest_head_should_be_kept_and_the_same_change_nothing()
    {
        var node = Take(Node, Head(3), null, Head(9, 'b'));
        Assert.Equal((9, new string('b', 64), null), (node.AuditHead!.Sequence, node.AuditHead.Hash, AuditHeads.Warning(node)));
        Assert.Same(node, AuditHeads.Take(node, Head(9, 'b'), Now.AddHours(1)));
        Assert.Same(node, AuditHeads.Take(node, new AuditHead(10, "short"), Now));
        Assert.Same(node, AuditHeads.Take(node, Head(0), Now));
    }

    [Theory]
    [InlineData(8, 'b')]
    [InlineData(9, 'c')]
    [InlineData(1, 'a')]
    public void Audit_that_ends_earlier_or_is_another_one_should_be_noticed_and_not_be_grown_past(long sequence, char digit)
    {
        var cut = Take(Node, Head(9, 'b'), Head(sequence, digit));
        Assert.Contains("had reached record 9", AuditHeads.Warning(cut), StringComparison.Ordinal);
        Assert.Contains($"ended at {sequence} ", AuditHeads.Warning(cut), StringComparison.Ordinal);
        Assert.Same(cut, Take(cut, Head(100, digit)));
        var looked = Take(AuditHeads.Forget(cut), Head(100, digit));
        Assert.Equal((100, null), (looked.AuditHead!.Sequence, AuditHeads.Warning(looked)));
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Node_should_be_told_its_head_over_rest_and_administrators_of_a_cut()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync("system.info");
        using var own = gateway.With(token.Reveal());
        Assert.Equal(HttpStatusCode.NoContent, (await own.GetAsync(WireNames.AuditHeadPath)).StatusCode);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        await BeatAsync(node, Head(5));
        await BeatAsync(node, Head(12, 'b'));
        var kept = (await own.GetFromJsonAsync<KeptAuditHead>(WireNames.AuditHeadPath))!;
        Assert.Equal((12, new string('b', 64), null), (kept.Sequence, kept.Hash, kept.CutAt));

        // It outlives the Gateway; another Node's head is another's.
        await gateway.StopAsync();
        await gateway.StartAsync();
        var other = await gateway.PairAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.With(other.Reveal()).GetAsync(WireNames.AuditHeadPath)).StatusCode);
        Assert.Equal(12, (await own.GetFromJsonAsync<KeptAuditHead>(WireNames.AuditHeadPath))!.Sequence);
        foreach (var stranger in new[] { gateway.Anonymous, gateway.Admin, gateway.With(token.NodeId + ".wrong") })
            Assert.Equal("unauthorized", await stranger.GetAsync(WireNames.AuditHeadPath).ProblemAsync(401));

        await using var again = await FakeNode.OnlineAsync(gateway, token);
        await BeatAsync(again, Head(11, 'c'));
        Assert.NotNull((await own.GetFromJsonAsync<KeptAuditHead>(WireNames.AuditHeadPath))!.CutAt);
        Assert.Contains("lost records", (await gateway.NodeAsync(token.NodeId))["warnings"]!.ToJsonString(), StringComparison.Ordinal);
        var audit = (await gateway.Admin.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>("api/audit?action=nodeAuditCut"))!["items"]!.AsArray();
        Assert.Equal(token.NodeId, (string?)audit.Single()!["nodeId"]);

        await gateway.Admin.DeleteAsync($"api/nodes/{token.NodeId}/audit-head");
        Assert.Equal("[]", (await gateway.NodeAsync(token.NodeId))["warnings"]!.ToJsonString());
        await BeatAsync(again, Head(13, 'c'));
        Assert.Equal(13, gateway.Services.GetRequiredService<NodeDirectory>().Find(token.NodeId)!.AuditHead!.Sequence);
    }

    static Task BeatAsync(FakeNode node, AuditHead head) => node.Hub.InvokeAsync(
        WireNames.Heartbeat, new Heartbeat(node.Token.NodeId, "online", 3_600, "linux", "1.0.0", 0.5, 40, Capabilities: [], AuditHead: head));
}
