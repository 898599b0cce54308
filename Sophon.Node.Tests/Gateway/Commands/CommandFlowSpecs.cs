using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

[Trait("kind", "real")]
public class CommandFlowSpecs
{
    [Fact]
    public async Task Command_should_come_back_with_the_nodes_result()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info", timeoutSeconds: 7);

        var command = await node.NextAsync();
        Assert.Equal(("system.info", 7, "{}"), (command.Type, command.TimeoutSeconds, command.Parameters.GetRawText()));
        Assert.True(await node.AnswerAsync(command.CommandId, new { hostName = "grüße" }));

        var answer = await pending.JsonAsync();
        Assert.Equal("succeeded", (string?)answer["status"]);
        Assert.Equal("grüße", (string?)answer["result"]!["hostName"]);
        Assert.Equal((command.CommandId, token.NodeId, "first run", "node"),
            ((string?)answer["commandId"], (string?)answer["nodeId"], (string?)answer["requestedBy"], (string?)answer["settledBy"]));
        Assert.Equal(1.5, (double)answer["durationMs"]!);
    }

    [Fact]
    public async Task Thousand_commands_at_once_should_each_be_answered_once()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        _ = node.ServeAsync(command =>
        {
            seen.AddOrUpdate(command.CommandId, 1, (_, count) => count + 1);
            return new { id = command.CommandId };
        });

        var ids = Enumerable.Range(0, 1_000).Select(number => $"pipelined-{number}").ToList();
        var answers = await Task.WhenAll(ids.Select(id => gateway.PostCommandAsync(token.NodeId, "system.info", commandId: id).JsonAsync()));

        Assert.All(answers.Zip(ids), pair => Assert.Equal((pair.Second, "succeeded"), ((string?)pair.First["result"]?["id"], (string?)pair.First["status"])));
        Assert.Equal(ids.Order(), seen.Keys.Order());
        Assert.All(seen.Values, count => Assert.Equal(1, count));
        Assert.Equal(0, (int)(await gateway.NodeAsync(token.NodeId))["openCommands"]!);
    }

    [Fact]
    public async Task Commands_sent_one_after_the_other_should_reach_the_node_in_order()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var ids = Enumerable.Range(0, 50).Select(number => $"ordered-{number}").ToList();

        foreach (var id in ids) Assert.Equal(202, (int)(await gateway.PostCommandAsync(token.NodeId, "system.info", commandId: id, wait: false)).StatusCode);

        foreach (var id in ids) Assert.Equal(id, (await node.NextAsync()).CommandId);
    }

    [Fact]
    public async Task Repeated_id_should_join_the_running_command_and_later_get_its_result()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        object parameters = new { x = 1, y = 2 };
        var first = gateway.PostCommandAsync(token.NodeId, "input.mouse.move", parameters, "same");
        var second = gateway.PostCommandAsync(token.NodeId, "input.mouse.move", new { y = 2, x = 1 }, "same");

        await node.AnswerAsync((await node.NextAsync()).CommandId, new { done = true });
        Assert.True((bool?)(await first.JsonAsync())["result"]!["done"]);
        Assert.True((bool?)(await second.JsonAsync())["result"]!["done"]);
        await node.Hub.StopAsync();
        Assert.True((bool?)(await gateway.PostCommandAsync(token.NodeId, "input.mouse.move", parameters, "same").JsonAsync())["result"]!["done"]);

        Assert.False(node.Commands.TryRead(out _));
        Assert.Equal("commandIdReused", await gateway.PostCommandAsync(token.NodeId, "input.mouse.move", new { x = 1, y = 3 }, "same").ProblemAsync(409));
    }

    [Fact]
    public async Task Repeated_id_should_tell_typed_texts_apart_even_after_they_are_dropped()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        _ = node.ServeAsync(_ => new { });
        await gateway.PostCommandAsync(token.NodeId, "input.keyboard.type", new { text = "secret-1" }, "typed");

        Assert.Equal("commandIdReused", await gateway.PostCommandAsync(token.NodeId, "input.keyboard.type", new { text = "secret-2" }, "typed").ProblemAsync(409));
        Assert.Equal("succeeded", (string?)(await gateway.PostCommandAsync(token.NodeId, "input.keyboard.type", new { text = "secret-1" }, "typed").JsonAsync())["status"]);
    }

    [Fact]
    public async Task Typed_and_copied_text_should_not_be_in_the_data_folder_when_it_is_delivered()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        _ = node.ServeAsync(command => command.Type == "clipboard.read" ? new { text = "canary-copied" } : null);
        await gateway.PostCommandAsync(token.NodeId, "input.keyboard.type", new { text = "canary-typed" }, "typed");
        var copied = await gateway.PostCommandAsync(token.NodeId, "clipboard.read", commandId: "copied").JsonAsync();
        Assert.Equal("canary-copied", (string?)copied["result"]!["text"]);

        await gateway.StopAsync();

        var kept = string.Concat(Directory.GetFiles(gateway.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("clipboard.read", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_without_a_waiter_should_be_there_for_the_first_who_asks()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var accepted = await gateway.PostCommandAsync(token.NodeId, "screen.capture", wait: false);
        var id = (await node.NextAsync()).CommandId;
        Assert.Equal("running", (string?)(await gateway.Admin.GetFromJsonAsync<JsonNode>(accepted.Headers.Location))!["status"]);
        await node.AnswerAsync(id, new { image = "AAAA" });

        await gateway.StopAsync();
        await gateway.StartAsync();
        Assert.Equal("AAAA", (string?)(await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/commands/{id}"))!["result"]!["image"]);

        await gateway.StopAsync();
        await gateway.StartAsync();
        var later = (await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/commands/{id}"))!;
        Assert.Equal(("succeeded", true, null, 16), ((string?)later["status"], (bool)later["resultDropped"]!, later["result"], (int)later["resultBytes"]!));
    }

    [Fact]
    public async Task Caller_that_goes_away_should_not_cancel_its_command()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        using var impatience = new CancellationTokenSource();
        var pending = gateway.Admin.PostAsJsonAsync($"api/nodes/{token.NodeId}/commands", new { type = "clipboard.read" }, impatience.Token);
        var command = await node.NextAsync();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);

        Assert.True(await node.AnswerAsync(command.CommandId, new { text = "kept" }));
        Assert.Empty(node.Cancels);
        Assert.Equal("kept", (string?)(await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/commands/{command.CommandId}"))!["result"]!["text"]);
    }

    [Fact]
    public async Task Cancel_should_ask_the_node_and_take_its_answer()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        var pending = gateway.PostCommandAsync(token.NodeId, "system.info");
        var id = (await node.NextAsync()).CommandId;

        Assert.Equal("running", (string?)(await gateway.Admin.PostAsync($"api/commands/{id}/cancel", null).JsonAsync())["status"]);
        await Eventually.TrueAsync(() => node.Cancels.Contains(id), "CancelCommand");
        await node.AnswerAsync(id, status: CommandStatus.Cancelled, error: new CommandError(ErrorCode.Cancelled, "cancelled"));

        var answer = await pending.JsonAsync();
        Assert.Equal(("cancelled", "cancelled"), ((string?)answer["status"], (string?)answer["error"]!["code"]));
        Assert.Equal("cancelled", (string?)(await gateway.Admin.PostAsync($"api/commands/{id}/cancel", null).JsonAsync())["status"]);
    }

    [Fact]
    public async Task Live_output_should_be_readable_while_the_command_runs()
    {
        await using var gateway = await TestGateway.OnSocketAsync(settings: new() { ["Gateway:Approvals:Execute"] = "none" });
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        await gateway.PostCommandAsync(token.NodeId, "system.execute", new { command = "make" }, wait: false);
        var id = (await node.NextAsync()).CommandId;
        foreach (var sequence in new[] { 1, 0, 2 })
            await node.Hub.InvokeAsync("CommandOutput", new CommandOutput(id, sequence, "stdout", $"line {sequence}"));

        var output = (await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/commands/{id}/output?after=0"))!;
        Assert.Equal(["line 1", "line 2"], output["chunks"]!.AsArray().Select(chunk => (string)chunk!["text"]!));
        Assert.Equal(2, (int)output["last"]!);
    }
}
