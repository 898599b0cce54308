using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

/// <summary>While the Node's person is asked, the Gateway does not give up.</summary>
[Trait("kind", "real")]
public class AwaitingConsentSpecs
{
    static async Task<string> StatusAsync(TestGateway gateway) => (string)(await gateway.Admin.GetFromJsonAsync<JsonNode>("api/commands/c"))!["status"]!;

    static Task TellAsync(FakeNode node, int seconds, string id = "c") => node.Hub.InvokeAsync(WireNames.CommandAwaitingConsent, new CommandAwaitingConsent(id, seconds));

    static async Task<(TestGateway Gateway, FakeTimeProvider Clock, FakeNode Node)> AskedAsync()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await TestGateway.OnSocketAsync(clock, new() { ["Gateway:Approvals:Execute"] = "none" });
        var node = await FakeNode.OnlineAsync(gateway, await gateway.PairAsync(Scopes.NodeCommand));
        await gateway.PostCommandAsync(node.Token.NodeId, "system.execute", new { command = "id" }, "c", timeoutSeconds: 5, wait: false);
        await node.NextAsync();
        return (gateway, clock, node);
    }

    [Theory]
    [InlineData(60, 70, 80)]
    [InlineData(0, 19, 20)]
    [InlineData(-100, 19, 20)]
    [InlineData(100_000, 1_219, 1_220)]
    public async Task Patience_should_begin_with_the_persons_answer_and_not_be_without_end(int told, int stillRunning, int timedOut)
    {
        var (gateway, clock, node) = await AskedAsync();
        await using var first = gateway;
        await using var second = node;
        await TellAsync(node, told);
        clock.Advance(TimeSpan.FromSeconds(stillRunning));
        Assert.Equal("running", await StatusAsync(gateway));
        clock.Advance(TimeSpan.FromSeconds(timedOut - stillRunning));
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return await StatusAsync(gateway) == "timedOut";
            },
            "its time is over");

        // When it was decided, not when this test looked.
        var ended = (await gateway.Admin.GetFromJsonAsync<JsonNode>("api/commands/c"))!;
        Assert.True(ended["completedAt"]!.GetValue<DateTimeOffset>() - ended["createdAt"]!.GetValue<DateTimeOffset>() >= TimeSpan.FromSeconds(timedOut));
    }

    [Fact]
    public async Task Answer_after_a_long_thought_should_be_the_commands_result()
    {
        var (gateway, clock, node) = await AskedAsync();
        await using var first = gateway;
        await using var second = node;
        var waiting = gateway.PostCommandAsync(node.Token.NodeId, "system.execute", new { command = "id" }, "c", timeoutSeconds: 5);
        await TellAsync(node, 60);
        clock.Advance(TimeSpan.FromSeconds(59));
        await node.AnswerAsync("c", new { exitCode = 0 });
        var answer = await waiting.JsonAsync();
        Assert.Equal(("succeeded", false), ((string?)answer["status"], (bool)answer["late"]!));
        await TellAsync(node, 60);
        await TellAsync(node, 60, "unknown");
    }

    [Fact]
    public async Task Another_node_should_not_be_able_to_hold_a_command_open()
    {
        var (gateway, clock, node) = await AskedAsync();
        await using var first = gateway;
        await using var second = node;
        await using var other = await FakeNode.OnlineAsync(gateway, await gateway.PairAsync(Scopes.NodeCommand));
        await TellAsync(other, 600);
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return await StatusAsync(gateway) == "timedOut";
            },
            "its time is over");
        Assert.True(clock.GetUtcNow() - clock.Start < TimeSpan.FromSeconds(300));
    }
}
