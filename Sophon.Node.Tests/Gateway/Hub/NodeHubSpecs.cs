using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hub;

[Trait("kind", "real")]
public class NodeHubSpecs
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_should_come_online_with_its_token_in_header_or_query_and_hear_its_scopes(bool inQuery)
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync("screen.capture");
        Assert.Equal("approved", await gateway.StateAsync(token.NodeId));
        await using var node = new FakeNode(gateway.Url, token, inQuery);
        await node.Hub.StartAsync();
        await node.BeatAsync(version: "1.2.3");

        var shown = await gateway.NodeAsync(token.NodeId);
        Assert.Equal(("online", "1.2.3", 40), ((string?)shown["state"], (string?)shown["heartbeat"]!["version"], (int)shown["heartbeat"]!["memoryMb"]!));
        await Eventually.TrueAsync(() => node.Scopes.Count == 1, "UpdateScopes");
        Assert.Equal(["screen.capture"], node.Scopes.Single());

        await gateway.Admin.PutAsJsonAsync($"api/nodes/{token.NodeId}/scopes", new { scopes = new[] { "system.info" } });
        await Eventually.TrueAsync(() => node.Scopes.LastOrDefault()?.SingleOrDefault() == "system.info", "UpdateScopes at the change");

        await node.Hub.StopAsync();
        await Eventually.TrueAsync(async () => await gateway.StateAsync(token.NodeId) == "offline", "offline at once");
        Assert.NotNull((await gateway.NodeAsync(token.NodeId))["lastSeenAt"]);
    }

    [Fact]
    public async Task Refused_token_should_be_told_why_on_negotiate_and_on_the_websocket()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var good = await gateway.PairAsync();
        var wrong = new NodeToken(good.NodeId, NodeToken.RandomSecret());
        await AssertRefusedAsync(gateway, wrong, DisconnectReasons.Unauthorized);
        await AssertRefusedAsync(gateway, new NodeToken("nobody", good.Secret), DisconnectReasons.Unauthorized);

        await gateway.Admin.PostAsync($"api/nodes/{good.NodeId}/revoke", null);
        await AssertRefusedAsync(gateway, good, DisconnectReasons.Revoked);
        await AssertRefusedAsync(gateway, wrong, DisconnectReasons.Unauthorized);

        await gateway.Admin.PostAsync($"api/nodes/{good.NodeId}/regenerate", null);
        await AssertRefusedAsync(gateway, good, DisconnectReasons.NotApproved);
    }

    static async Task AssertRefusedAsync(TestGateway gateway, NodeToken token, string reason)
    {
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "hubs/node/negotiate?negotiateVersion=1");
        negotiate.Headers.Authorization = new("Bearer", token.Reveal());
        var response = await gateway.Anonymous.SendAsync(negotiate);
        Assert.Equal((401, reason), ((int)response.StatusCode, response.Headers.GetValues(WireNames.ReasonHeader).Single()));

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token.Reveal());
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketUrl(gateway), default));
        Assert.Equal((401, reason), ((int)socket.HttpStatusCode, socket.HttpResponseHeaders![WireNames.ReasonHeader].Single()));
    }

    static Uri SocketUrl(TestGateway gateway, string query = "") => new UriBuilder(gateway.Url) { Scheme = "ws", Path = WireNames.HubPath, Query = query }.Uri;

    [Fact]
    public async Task Two_tokens_that_differ_should_be_refused()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        var other = await gateway.PairAsync();
        foreach (var (query, status) in new[] { (other.Reveal(), 401), (token.Reveal(), 200) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "hubs/node/negotiate?negotiateVersion=1&access_token=" + query);
            request.Headers.Authorization = new("Bearer", token.Reveal());
            Assert.Equal(status, (int)(await gateway.Anonymous.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task First_use_of_the_token_should_end_the_pairing()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node);
        await gateway.ApproveAsync(node.NodeId);
        Assert.True(NodeToken.TryParse((await gateway.PairAnswerAsync(node)).Token, out var lost));
        Assert.True(NodeToken.TryParse((await gateway.PairAnswerAsync(node)).Token, out var token));
        await AssertRefusedAsync(gateway, lost, DisconnectReasons.Unauthorized);
        await using var connected = await FakeNode.OnlineAsync(gateway, token);
        Assert.Equal(PairStatus.Expired, (await gateway.PairAnswerAsync(node)).Status);
    }

    [Fact]
    public async Task Second_connection_should_supersede_the_first()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var older = await FakeNode.OnlineAsync(gateway, token);
        await using var newer = await FakeNode.OnlineAsync(gateway, token);
        await older.Closed;
        Assert.Equal([DisconnectReasons.Superseded], older.Farewells);
        Assert.Equal("online", await gateway.StateAsync(token.NodeId));
        _ = newer.ServeAsync(_ => new { });
        Assert.Equal("succeeded", (string?)(await gateway.PostCommandAsync(token.NodeId, "system.info").JsonAsync())["status"]);
    }

    [Fact]
    public async Task Node_should_have_the_time_to_close_a_connection_itself_that_it_was_told_to_leave()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        await using var older = await FakeNode.OnlineAsync(gateway, token);
        await using var newer = await FakeNode.OnlineAsync(gateway, token);
        await Eventually.TrueAsync(() => older.Farewells.Contains(DisconnectReasons.Superseded), "the farewell");
        Assert.Equal(HubConnectionState.Connected, older.Hub.State);
        await older.Closed;
    }

    [Fact]
    public async Task Revocation_should_close_the_live_socket_and_end_its_commands()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info");
        await node.NextAsync();

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("revoked", (string?)(await gateway.Admin.PostAsync($"api/nodes/{token.NodeId}/revoke", null).JsonAsync())["state"]);
        await node.Closed;
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Single(node.Revokes);
        Assert.Equal([DisconnectReasons.Revoked], node.Farewells);
        Assert.Equal(("cancelled", "gateway"), (await pending.JsonAsync()) is var answer ? ((string?)answer["status"], (string?)answer["settledBy"]) : default);
        Assert.Equal("nodeNotApproved", await gateway.PostCommandAsync(token.NodeId, "system.info").ProblemAsync(409));
    }

    [Fact]
    public async Task Stopping_gateway_should_say_so_and_not_leave_callers_waiting()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "waiting");
        await node.NextAsync();
        var started = TimeProvider.System.GetTimestamp();
        await gateway.StopAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await node.Closed;
        Assert.Equal([DisconnectReasons.ShuttingDown], node.Farewells);
        Assert.Equal("shuttingDown", await pending.ProblemAsync(503));
    }

    [Fact]
    public async Task Large_result_should_pass_and_too_large_a_message_cost_that_connection_only()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using (var node = await FakeNode.OnlineAsync(gateway, token))
        {
            var pending = gateway.PostCommandAsync(token.NodeId, "screen.capture");
            var image = new string('A', 30 * 1024 * 1024);
            Assert.True(await node.AnswerAsync((await node.NextAsync()).CommandId, new { image }));
            Assert.Equal(image.Length, ((string?)(await pending.JsonAsync())["result"]!["image"])!.Length);

            await Assert.ThrowsAnyAsync<Exception>(() => node.AnswerAsync("x", new { image = new string('A', WireLimits.NodeToGatewayBytes) }));
            await node.Closed;
        }

        await using var again = await FakeNode.OnlineAsync(gateway, token);
        Assert.Equal("online", await gateway.StateAsync(token.NodeId));
    }

    [Fact]
    public async Task Command_of_eight_megabytes_should_be_refused_before_it_is_sent()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        Assert.Equal("tooLarge", await gateway.PostCommandAsync(token.NodeId, "clipboard.write", new { text = new string('€', 3_000_000) }).ProblemAsync(413));
        using var huge = new HttpRequestMessage(HttpMethod.Post, $"api/nodes/{token.NodeId}/commands");
        huge.Content = new StringContent(new string('x', 40_000_000), Encoding.UTF8, "application/json");
        huge.Headers.ExpectContinue = true; // else the Gateway closes the connection while the client still writes
        Assert.Equal("tooLarge", await gateway.Admin.SendAsync(huge).ProblemAsync(413));

        var pending = gateway.PostCommandAsync(token.NodeId, "clipboard.write", new { text = new string('€', 2_500_000) });
        var command = await node.NextAsync();
        Assert.Equal(2_500_000, command.Parameters.GetProperty("text").GetString()!.Length);
        await node.AnswerAsync(command.CommandId);
        Assert.Equal("succeeded", (string?)(await pending.JsonAsync())["status"]);
    }

    [Theory]
    [InlineData("this is no JSON\u001e")]
    [InlineData("{\"type\":1,\u001e")]
    [InlineData("{\"type\":99}\u001e")]
    [InlineData("{\"type\":1,\"target\":\"Nothing\",\"arguments\":[]}\u001e")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"CommandResult\",\"arguments\":[null]}\u001e")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"CommandResult\",\"arguments\":[{\"commandId\":\"x\",\"status\":\"bogus\"}]}\u001e")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Heartbeat\",\"arguments\":[{}]}\u001e")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"CommandOutput\",\"arguments\":[{}]}\u001e")]
    [InlineData("\0\u0001\u0002")]
    public async Task Hostile_frame_should_harm_nobody_else(string frame)
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        var bystander = await gateway.PairAsync(Scopes.NodeCommand);
        await using var other = await FakeNode.OnlineAsync(gateway, bystander);
        using (var socket = new ClientWebSocket())
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token.Reveal());
            await socket.ConnectAsync(SocketUrl(gateway), default);
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, default);
            await socket.ReceiveAsync(new byte[4_096], default);
        }

        _ = other.ServeAsync(_ => new { });
        Assert.Equal("succeeded", (string?)(await gateway.PostCommandAsync(bystander.NodeId, "system.info").JsonAsync())["status"]);
        await using var again = await FakeNode.OnlineAsync(gateway, token);
        Assert.Equal("online", await gateway.StateAsync(token.NodeId));
    }

    [Fact]
    public async Task Heartbeat_of_another_node_should_be_refused_on_a_living_connection()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        await Assert.ThrowsAsync<HubException>(() => node.Hub.InvokeAsync(WireNames.Heartbeat, new Heartbeat("other", "online", 1, "linux", "1", 0, 1)));
        await node.BeatAsync();
    }
}
