using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Changes;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

/// <summary>Duplicates, strangers, late results, and what becomes of a command when its Node or the Gateway dies.</summary>
[Trait("kind", "real")]
public class CommandResultSpecs
{
    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    static async Task<JsonNode> CommandAsync(TestGateway gateway, string id) => (await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/commands/{id}"))!;

    static string? Status(JsonNode command) => (string?)command["status"];

    [Fact]
    public async Task Second_result_should_be_acknowledged_and_change_nothing()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        await gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "once", wait: false);
        await node.NextAsync();

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => node.AnswerAsync("once", new { n = 1 })));
        Assert.All(acknowledged, Assert.True);
        Assert.True(await node.AnswerAsync("once", status: CommandStatus.Failed, error: new CommandError(ErrorCode.Internal, "no")));
        var command = await CommandAsync(gateway, "once");
        Assert.Equal(("succeeded", 1), (Status(command), (int)command["result"]!["n"]!));
    }

    [Fact]
    public async Task Results_that_do_not_belong_should_be_forgotten_and_never_stored()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        var thief = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        await using var other = await FakeNode.OnlineAsync(gateway, thief);
        await gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "mine", wait: false);
        await node.NextAsync();

        Assert.True(await other.AnswerAsync("mine", new { forged = true }));
        Assert.True(await other.AnswerAsync("mine", new { forged = true }, nodeId: token.NodeId));
        Assert.True(await node.AnswerAsync("never-asked", new { }));
        Assert.True(await node.AnswerAsync("mine", new { }, CommandStatus.Running));

        Assert.Equal("running", Status(await CommandAsync(gateway, "mine")));
        Assert.Equal("notFound", await gateway.Admin.GetAsync("api/commands/never-asked").ProblemAsync(404));
        await node.AnswerAsync("mine", new { });
        Assert.True(await other.AnswerAsync("mine", status: CommandStatus.Failed));
        Assert.Equal("succeeded", Status(await CommandAsync(gateway, "mine")));
    }

    [Fact]
    public async Task Result_after_the_gateway_gave_up_should_replace_its_verdict_and_be_marked_late()
    {
        await using var gateway = await TestGateway.OnSocketAsync(time);
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "slow", timeoutSeconds: 5);
        await node.NextAsync();
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(pending.IsCompleted);
        await AdvanceUntilAsync(() => pending.IsCompleted);

        var answer = await pending.JsonAsync();
        Assert.Equal(("timedOut", "gateway", "timedOut"), (Status(answer), (string?)answer["settledBy"], (string?)answer["error"]!["code"]));
        var told = new TaskCompletionSource<IReadOnlySet<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var follower = gateway.Services.GetRequiredService<ChangeFeed>().Follow(Topic.Commands, ids =>
        {
            told.TrySetResult(ids);
            return Task.CompletedTask;
        });
        Assert.True(await node.AnswerAsync("slow", new { n = 1 }));
        await AdvanceUntilAsync(() => told.Task.IsCompleted);
        Assert.Contains("slow", await told.Task);
        Assert.True(await node.AnswerAsync("slow", new { n = 2 }));
        var late = await CommandAsync(gateway, "slow");
        Assert.Equal(("succeeded", "node", true, 1), (Status(late), (string?)late["settledBy"], (bool)late["late"]!, (int)late["result"]!["n"]!));
        Assert.Null(late["error"]);
    }

    [Fact]
    public async Task Silent_node_should_be_offline_after_ninety_seconds_and_online_with_the_next_heartbeat()
    {
        await using var gateway = await TestGateway.OnSocketAsync(time);
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal("online", await gateway.StateAsync(token.NodeId));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("offline", await gateway.StateAsync(token.NodeId));
        Assert.Equal("nodeOffline", await gateway.PostCommandAsync(token.NodeId, "system.info").ProblemAsync(409));
        await node.BeatAsync();
        Assert.Equal("online", await gateway.StateAsync(token.NodeId));
    }

    [Fact]
    public async Task Result_sent_after_a_reconnect_should_reach_the_waiting_caller()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        var first = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "cut");
        await first.NextAsync();
        await first.DisposeAsync();

        await using var node = await FakeNode.OnlineAsync(gateway, token);
        Assert.True(await node.AnswerAsync("cut", new { n = 1 }));
        Assert.Equal("succeeded", Status(await pending.JsonAsync()));
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task New_process_without_a_journal_should_make_its_commands_unknown_at_once()
    {
        await using var gateway = await TestGateway.OnSocketAsync(time);
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        var first = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info");
        await first.NextAsync();
        await first.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(10));

        await using var node = new FakeNode(gateway.Url, token);
        await node.Hub.StartAsync();
        await node.BeatAsync(uptime: 1);
        Assert.Equal("unknown", Status(await pending.JsonAsync()));
    }

    [Fact]
    public async Task Node_with_a_journal_should_get_its_open_commands_again()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        var first = await FakeNode.OnlineAsync(gateway, token, "journal");
        var pending = gateway.PostCommandAsync(token.NodeId, "input.mouse.move", new { x = 1, y = 2 }, "again");
        await first.NextAsync();
        await first.DisposeAsync();

        await using var node = await FakeNode.OnlineAsync(gateway, token, "journal");
        var command = await node.NextAsync();
        Assert.Equal(("again", 2), (command.CommandId, command.Parameters.GetProperty("y").GetInt32()));
        await node.BeatAsync(capabilities: "journal");
        await node.AnswerAsync("again", new { });
        Assert.Equal("succeeded", Status(await pending.JsonAsync()));
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Command_sent_before_the_first_heartbeat_should_not_be_sent_twice()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = new FakeNode(gateway.Url, token);
        await node.Hub.StartAsync();
        await Eventually.TrueAsync(async () => await gateway.StateAsync(token.NodeId) == "online", "online");
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info");
        var command = await node.NextAsync();

        await node.BeatAsync(capabilities: "journal");
        await node.AnswerAsync(command.CommandId, new { });
        Assert.Equal("succeeded", Status(await pending.JsonAsync()));
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Everything_should_survive_a_restart_and_open_commands_get_their_result()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync("system.info", "input.control");
        var before = await FakeNode.OnlineAsync(gateway, token);
        await gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "asked", wait: false);
        await gateway.PostCommandAsync(token.NodeId, "input.mouse.move", new { x = 1, y = 2 }, "done", wait: false);
        await before.AnswerAsync((await before.NextAsync()).CommandId == "asked" ? "done" : "asked", new { n = 1 });
        var answered = (await before.NextAsync()).CommandId;
        await gateway.StopAsync();
        await before.DisposeAsync();
        await gateway.StartAsync();

        Assert.Equal("offline", await gateway.StateAsync(token.NodeId));
        Assert.Equal(["input.control", "system.info"], (await gateway.NodeAsync(token.NodeId))["scopes"]!.AsArray().Select(scope => (string)scope!));
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var open = answered == "asked" ? "done" : "asked";
        Assert.Equal(("running", "succeeded"), (Status(await CommandAsync(gateway, open)), Status(await CommandAsync(gateway, answered))));
        Assert.True(await node.AnswerAsync(open, new { n = 2 }));
        Assert.Equal(2, (int)(await CommandAsync(gateway, open))["result"]!["n"]!);

        var history = await gateway.Admin.GetAsync($"api/nodes/{token.NodeId}/commands?limit=1").JsonAsync();
        var next = await gateway.Admin.GetAsync($"api/nodes/{token.NodeId}/commands?limit=1&before={history["next"]}").JsonAsync();
        Assert.Equal(["done", "asked"], new[] { history, next }.Select(page => (string)page["items"]!.AsArray().Single()!["commandId"]!));
        Assert.Null(next["next"]);
    }

    [Fact]
    public async Task Old_commands_should_be_removed_after_the_retention()
    {
        await using var gateway = await TestGateway.OnSocketAsync(time);
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        _ = node.ServeAsync(_ => new { });
        await gateway.PostCommandAsync(token.NodeId, "system.info", commandId: "old");
        time.Advance(TimeSpan.FromDays(29));
        Assert.Equal("succeeded", Status(await CommandAsync(gateway, "old")));
        time.Advance(TimeSpan.FromDays(2));
        await Eventually.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return (int)(await gateway.Admin.GetAsync("api/commands/old")).StatusCode == 404;
        }, "removal");
    }

    /// <summary>The sweep runs on the fake clock: it needs its second, and then a real moment.</summary>
    async Task AdvanceUntilAsync(Func<bool> done) => await Eventually.TrueAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return done();
    }, "the sweep");
}
