using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Pairing;

public class PairingEndpointSpecs
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Register_should_answer_everything_that_the_machine_needs()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time, new() { ["Gateway:PublicUrl"] = "https://gw.example.com/" });
        var node = await gateway.RegisterAsync();
        Assert.Matches("^[a-z2-9]{10}$", node.NodeId);
        Assert.Matches("^s_[A-Za-z0-9_-]{43}$", node.PairingSecret);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{3}-[0-9]{3}$", node.PairingCode);
        Assert.Equal(time.GetUtcNow().AddMinutes(15), node.ExpiresAt);
        Assert.Equal($"sophon-node pair --gateway https://gw.example.com --node-id {node.NodeId} --secret {node.PairingSecret}", node.Command);

        await gateway.PairAnswerAsync(node);
        await gateway.ApproveAsync(node.NodeId);
        Assert.Equal("https://gw.example.com", (await gateway.PairAnswerAsync(node)).GatewayUrl);
        Assert.Equal(["notify.send", "screen.capture", "system.info"], (await gateway.NodeAsync(node.NodeId))["scopes"]!.AsArray().Select(scope => (string)scope!).Order());
    }

    [Fact]
    public async Task Pair_should_take_the_two_public_fields_alone()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        var body = new StringContent($$"""{"nodeId":"{{node.NodeId}}","pairingSecret":"{{node.PairingSecret}}","later":1}""", Encoding.UTF8, "application/json");
        var response = await gateway.Anonymous.PostAsync("api/nodes/me/pair", body);
        Assert.Equal($$"""{"status":"pending","pairingCode":"{{node.PairingCode}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("pending", await gateway.StateAsync(node.NodeId));
    }

    [Fact]
    public async Task Unknown_id_wrong_secret_and_dead_secret_should_answer_the_same_401()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        var bodies = new HashSet<string>();
        for (var attempt = 0; attempt < 5; attempt++) bodies.Add(await RefusalAsync(gateway, node.NodeId, "s_wrong"));
        bodies.Add(await RefusalAsync(gateway, "nobody", "s_wrong"));
        bodies.Add(await RefusalAsync(gateway, node.NodeId, node.PairingSecret));
        Assert.Single(bodies);
        await Eventually.TrueAsync(async () => (await gateway.NodeAsync(node.NodeId))["warnings"]!.AsArray().Count == 1, "the warning of a dead secret");

        var renewed = await gateway.Admin.PostAsync($"api/nodes/{node.NodeId}/regenerate", null).JsonAsync();
        Assert.Equal(200, (int)(await gateway.PollAsync(node.NodeId, (string)renewed["pairingSecret"]!)).StatusCode);
    }

    static async Task<string> RefusalAsync(TestGateway gateway, string nodeId, string secret)
    {
        var response = await gateway.PollAsync(nodeId, secret);
        Assert.Equal(401, (int)response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        return System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "");
    }

    [Fact]
    public async Task Twenty_first_failure_of_an_address_should_be_told_to_wait_while_honest_polls_go_on()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        for (var attempt = 0; attempt < 20; attempt++) Assert.Equal(401, (int)(await gateway.PollAsync($"nobody{attempt}", "s_wrong")).StatusCode);

        var response = await gateway.PollAsync("nobody", "s_wrong");
        Assert.Equal((429, TimeSpan.FromMinutes(1)), ((int)response.StatusCode, response.Headers.RetryAfter?.Delta));
        Assert.Equal(PairStatus.Pending, (await gateway.PairAnswerAsync(node)).Status);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("unauthorized", await gateway.PollAsync("nobody", "s_wrong").ProblemAsync(401));
    }

    [Fact]
    public async Task Honest_polling_of_five_hundred_machines_should_never_be_limited()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => gateway.RegisterAsync($"PC {number}")));
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(nodes.Select(node => gateway.PairAnswerAsync(node)));
            Assert.All(answers, answer => Assert.Equal(PairStatus.Pending, answer.Status));
        }
    }

    [Fact]
    public async Task Superseded_secret_should_answer_expired_and_not_count_as_an_attempt()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        var renewed = await gateway.Admin.PostAsync($"api/nodes/{node.NodeId}/regenerate", null).JsonAsync();
        for (var poll = 0; poll < 30; poll++) Assert.Equal(PairStatus.Expired, (await gateway.PairAnswerAsync(node)).Status);
        Assert.Equal(200, (int)(await gateway.PollAsync(node.NodeId, (string)renewed["pairingSecret"]!)).StatusCode);
    }

    [Fact]
    public async Task Expiry_should_follow_the_clock_and_be_seen()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(PairStatus.Expired, (await gateway.PairAnswerAsync(node)).Status);
        Assert.Equal("expired", await gateway.StateAsync(node.NodeId));
        Assert.Equal("wrongState", await gateway.Admin.PostAsJsonAsync($"api/nodes/{node.NodeId}/approve", new { }).ProblemAsync(409));
    }

    [Fact]
    public async Task Second_claimant_should_be_shown_as_a_warning()
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node, "first");
        Assert.Equal(PairStatus.Rejected, (await gateway.PairAnswerAsync(node, "second", "intruder")).Status);
        var shown = await gateway.NodeAsync(node.NodeId);
        Assert.Equal("host", (string?)shown["facts"]!["hostName"]);
        Assert.Contains("Somebody else", (string?)shown["warnings"]![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"nodeId\":5}")]
    public async Task Broken_poll_should_be_a_problem_and_not_a_fault(string body)
    {
        await using var gateway = await TestGateway.InMemoryAsync(time);
        var response = await gateway.Anonymous.PostAsync("api/nodes/me/pair", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.InRange((int)response.StatusCode, 400, 401);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
