using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hub;

[Trait("kind", "real")]
public class HubLogSpecs
{
    [Fact]
    public async Task Tokens_secrets_and_typed_text_should_never_reach_the_log()
    {
        await using var gateway = await TestGateway.OnSocketAsync(logging: true);
        var registered = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(registered);
        await gateway.ApproveAsync(registered.NodeId, Scopes.NodeCommand);
        Assert.True(NodeToken.TryParse((await gateway.PairAnswerAsync(registered)).Token, out var token));
        await using (var node = new FakeNode(gateway.Url, token, inQuery: true))
        {
            await node.Hub.StartAsync();
            await node.BeatAsync();
            _ = node.ServeAsync(_ => new { text = "canary-copied" });
            await gateway.PostCommandAsync(token.NodeId, "input.keyboard.type", new { text = "canary-typed" });
            await gateway.PostCommandAsync(token.NodeId, "clipboard.read");
            await gateway.PostCommandAsync(token.NodeId, "clipboard.write", new { text = 5, canary = "canary-wrong" });
            await node.AnswerAsync("canary-unknown", new { text = "canary-stray" });
        }

        await gateway.Anonymous.GetAsync($"hubs/node?access_token={token.NodeId}.canary-token");
        await gateway.StopAsync();

        var log = string.Concat(Directory.GetFiles(Path.Combine(gateway.Path, "logs")).Select(File.ReadAllText));
        Assert.Contains($"Node {token.NodeId} connected", log, StringComparison.Ordinal);
        foreach (var secret in new[] { token.Secret, registered.PairingSecret, gateway.AdminToken, "canary", "access_token" })
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }
}
