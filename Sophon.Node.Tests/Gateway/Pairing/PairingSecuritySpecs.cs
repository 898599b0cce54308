using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Nodes;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Pairing;

public class PairingSecuritySpecs
{
    static readonly string Wrong = "s_" + new string('x', 43);

    [Fact]
    public async Task Wrong_secrets_should_count_across_a_restart_of_the_gateway()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        for (var attempt = 0; attempt < 3; attempt++) Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, Wrong).ProblemAsync(401));
        await CountedAsync(gateway, node.NodeId, 3);
        await gateway.StopAsync();
        await gateway.StartAsync();
        Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, Wrong).ProblemAsync(401));
        Assert.Equal("pending", (await gateway.PairAnswerAsync(node)).Status);
        Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, Wrong).ProblemAsync(401));
        await CountedAsync(gateway, node.NodeId, 5);

        Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, node.PairingSecret).ProblemAsync(401));
        await gateway.StopAsync();
        await gateway.StartAsync();
        Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, node.PairingSecret).ProblemAsync(401));
        var again = await (await gateway.Admin.PostAsync($"api/nodes/{node.NodeId}/regenerate", null)).Content.ReadAsStringAsync();
        Assert.Equal(0, gateway.Services.GetRequiredService<NodeDirectory>().Find(node.NodeId)!.WrongSecrets);
        Assert.Contains("pairingSecret", again, StringComparison.Ordinal);
    }

    static Task CountedAsync(TestGateway gateway, string nodeId, int count) => Eventually.TrueAsync(
        () => gateway.Services.GetRequiredService<NodeDirectory>().Find(nodeId)!.WrongSecrets == count, $"{count} wrong secrets are stored");

    [Fact]
    public async Task Second_claimant_should_be_told_that_another_was_first()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        Assert.Equal("pending", (await gateway.PairAnswerAsync(node, "first")).Status);
        var second = await gateway.PairAnswerAsync(node, "second");
        Assert.Equal((PairStatus.Rejected, PairCodes.ClaimedElsewhere), (second.Status, second.Code));
        await gateway.ApproveAsync(node.NodeId);
        Assert.Equal(PairCodes.ClaimedElsewhere, (await gateway.PairAnswerAsync(node, "second")).Code);
        Assert.Null((await gateway.PairAnswerAsync(node, "first")).Code);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Socket_whose_token_was_replaced_before_it_was_up_should_be_closed_and_not_end_the_pairing()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node);
        await gateway.ApproveAsync(node.NodeId);
        var replaced = (await gateway.PairAnswerAsync(node)).Token!;

        // Let in with the first token; its hub begins with the handshake, and until then the pairing goes on.
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + replaced);
        await socket.ConnectAsync(new UriBuilder(new Uri(gateway.Url, WireNames.HubPath)) { Scheme = "ws" }.Uri, default);
        var current = (await gateway.PairAnswerAsync(node)).Token!;
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, default);
        var heard = await ReadToEndAsync(socket);
        Assert.Contains(DisconnectReasons.Unauthorized, heard, StringComparison.Ordinal);
        Assert.DoesNotContain(WireNames.UpdateScopes, heard, StringComparison.Ordinal);
        Assert.Equal("approved", await gateway.StateAsync(node.NodeId));

        Assert.True(NodeToken.TryParse(current, out var token));
        await using var online = await FakeNode.OnlineAsync(gateway, token);
        Assert.Equal("online", await gateway.StateAsync(node.NodeId));
    }

    static async Task<string> ReadToEndAsync(ClientWebSocket socket)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (heard, buffer) = (new StringBuilder(), new byte[4_096]);
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) is { MessageType: not WebSocketMessageType.Close } part) heard.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        catch (WebSocketException)
        {
            // Closed without the closing handshake.
        }

        return heard.ToString();
    }
}
