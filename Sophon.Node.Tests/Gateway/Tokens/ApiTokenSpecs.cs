using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Tokens;

public class ApiTokenSpecs
{
    static async Task<(string Id, HttpClient Client)> MakeAsync(TestGateway gateway, object request)
    {
        var made = await (await gateway.Admin.PostAsJsonAsync("api/tokens", request)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
        return ((string)made!["token"]!["id"]!, gateway.With((string)made["secret"]!));
    }

    [Fact]
    public async Task Token_should_be_shown_once_listed_without_its_secret_and_say_when_it_was_used()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var answer = await (await gateway.Admin.PostAsJsonAsync("api/tokens", new { name = "night job", role = "operator" })).Content.ReadFromJsonAsync<JsonNode>();
        var secret = (string)answer!["secret"]!;
        await gateway.With(secret).GetAsync("api/nodes");
        await Eventually.TrueAsync(async () => (await ListedAsync(gateway, "night job"))["lastUsedAt"] is not null, "its use is noted");
        var list = await gateway.Admin.GetStringAsync("api/tokens");
        Assert.DoesNotContain(secret.Split('.')[1], list, StringComparison.Ordinal);
        Assert.Equal("first run", (string?)(await ListedAsync(gateway, "night job"))["createdBy"]);
    }

    static async Task<JsonNode> ListedAsync(TestGateway gateway, string name) =>
        (await gateway.Admin.GetFromJsonAsync<JsonArray>("api/tokens"))!.Single(token => (string?)token!["name"] == name)!;

    [Fact]
    public async Task Revoked_and_expired_tokens_should_count_no_longer()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await TestGateway.InMemoryAsync(clock);
        var (id, revoked) = await MakeAsync(gateway, new { name = "a", role = "viewer" });
        var (_, expiring) = await MakeAsync(gateway, new { name = "b", role = "viewer", expiresAt = clock.GetUtcNow().AddHours(1) });
        Assert.Equal(HttpStatusCode.OK, (await revoked.GetAsync("api/nodes")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Admin.DeleteAsync($"api/tokens/{id}")).StatusCode);
        Assert.Equal("unauthorized", await revoked.GetAsync("api/nodes").ProblemAsync(401));
        Assert.Equal(HttpStatusCode.OK, (await expiring.GetAsync("api/nodes")).StatusCode);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("unauthorized", await expiring.GetAsync("api/nodes").ProblemAsync(401));
        Assert.False((bool)(await ListedAsync(gateway, "b"))["counts"]!);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Token_for_one_node_should_reach_no_other_and_manage_nothing_else()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var (mine, other) = (await gateway.PairAsync("system.info"), await gateway.PairAsync("system.info"));
        await using var node = await FakeNode.OnlineAsync(gateway, mine);
        await using var another = await FakeNode.OnlineAsync(gateway, other);
        _ = node.ServeAsync(_ => new { });
        _ = another.ServeAsync(_ => new { });
        var foreign = (string)(await gateway.PostCommandAsync(other.NodeId, "system.info").JsonAsync())["commandId"]!;

        var (_, client) = await MakeAsync(gateway, new { name = "mine", role = "administrator", nodes = new[] { mine.NodeId } });
        Assert.Equal([mine.NodeId], (await client.GetFromJsonAsync<JsonArray>("api/nodes"))!.Select(found => (string)found!["nodeId"]!));
        Assert.Equal("succeeded", (string?)(await client.PostAsJsonAsync($"api/nodes/{mine.NodeId}/commands", new { type = "system.info" }).JsonAsync())["status"]);
        Assert.Equal("forbidden", await client.PostAsJsonAsync($"api/nodes/{other.NodeId}/commands", new { type = "system.info" }).ProblemAsync(403));
        Assert.Equal("forbidden", await client.GetAsync($"api/nodes/{other.NodeId}").ProblemAsync(403));
        Assert.Equal("notFound", await client.GetAsync($"api/commands/{foreign}").ProblemAsync(404));
        Assert.Equal("notFound", await client.PostAsync($"api/commands/{foreign}/cancel", null).ProblemAsync(404));
        Assert.Equal("forbidden", await client.PostAsJsonAsync("api/nodes", new { displayName = "x", platform = "linux" }).ProblemAsync(403));
        Assert.Equal("forbidden", await client.PostAsJsonAsync("api/tokens", new { name = "more", role = "administrator" }).ProblemAsync(403));
        Assert.Equal("forbidden", await client.GetAsync("api/users").ProblemAsync(403));
        Assert.Equal(HttpStatusCode.OK, (await client.PatchAsJsonAsync($"api/nodes/{mine.NodeId}", new { displayName = "Mine" })).StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"","role":"viewer"}""", "name")]
    [InlineData("""{"name":"x","role":"viewer","nodes":["nowhere"]}""", "nodes")]
    [InlineData("""{"name":"x","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task Request_that_makes_no_sense_should_name_the_field(string json, string parameter)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var problem = await gateway.Admin.PostAsync("api/tokens", new StringContent(json, null, "application/json")).JsonAsync();
        Assert.Equal((400, parameter), ((int)problem["status"]!, (string?)problem["parameter"]));
    }
}
