using System.Net.Http.Json;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Nodes;

public class NodeEndpointSpecs
{
    [Fact]
    public async Task Api_should_be_closed_without_an_administrators_token()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal("unauthorized", await gateway.Anonymous.GetAsync("api/nodes").ProblemAsync(401));
        gateway.Anonymous.DefaultRequestHeaders.Authorization = new("Bearer", gateway.AdminToken[..^1] + (gateway.AdminToken[^1] == 'A' ? 'B' : 'A'));
        Assert.Equal("unauthorized", await gateway.Anonymous.GetAsync("api/nodes").ProblemAsync(401));
    }

    [Theory]
    [InlineData("", "linux", "displayName")]
    [InlineData("  ", "linux", "displayName")]
    [InlineData("two\nlines", "linux", "displayName")]
    [InlineData("PC", "beos", "platform")]
    [InlineData("PC", null, "platform")]
    public async Task Register_should_name_the_field_that_is_wrong(string name, string? platform, string parameter)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var problem = await gateway.Admin.PostAsJsonAsync("api/nodes", new { displayName = name, platform }).JsonAsync();
        Assert.Equal((400, "invalidArgument", parameter), ((int)problem["status"]!, (string?)problem["code"], (string?)problem["parameter"]));
    }

    [Fact]
    public async Task Name_of_ten_kilobytes_should_be_refused_and_markup_kept_as_text()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal("invalidArgument", await gateway.Admin.PostAsJsonAsync("api/nodes", new { displayName = new string('x', 10_240), platform = "linux" }).ProblemAsync(400));
        var node = await gateway.RegisterAsync("<script>alert(1)</script>");
        Assert.Equal("<script>alert(1)</script>", (string?)(await gateway.NodeAsync(node.NodeId))["displayName"]);
    }

    [Fact]
    public async Task Scopes_should_be_replaced_for_an_approved_node_only_and_unknown_ones_named()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        Assert.Equal("wrongState", await gateway.Admin.PutAsJsonAsync($"api/nodes/{node.NodeId}/scopes", new { scopes = new[] { "system.info" } }).ProblemAsync(409));
        var token = await gateway.PairAsync("system.info");
        var path = $"api/nodes/{token.NodeId}/scopes";
        var changed = await gateway.Admin.PutAsJsonAsync(path, new { scopes = new[] { "notify.send", "input.control", "notify.send" } }).JsonAsync();
        Assert.Equal(["input.control", "notify.send"], changed["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal("invalidArgument", await gateway.Admin.PutAsJsonAsync(path, new { scopes = new[] { "root" } }).ProblemAsync(400));
        Assert.Equal("invalidArgument", await gateway.Admin.PutAsJsonAsync(path, new { scopes = new string?[] { null } }).ProblemAsync(400));
        Assert.Equal("invalidArgument", await gateway.Admin.PutAsJsonAsync(path, new { }).ProblemAsync(400));
    }

    [Fact]
    public async Task Approve_should_refuse_facts_that_changed()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node);
        var seen = (string?)(await gateway.NodeAsync(node.NodeId))["factsHash"];
        await gateway.PairAnswerAsync(node, hostName: "another");
        Assert.Equal("factsChanged", await gateway.Admin.PostAsJsonAsync($"api/nodes/{node.NodeId}/approve", new { factsHash = seen }).ProblemAsync(409));
        var approved = await gateway.Admin.PostAsJsonAsync($"api/nodes/{node.NodeId}/approve", new { factsHash = (string?)(await gateway.NodeAsync(node.NodeId))["factsHash"], displayName = "Lab" }).JsonAsync();
        Assert.Equal(("approved", "Lab"), ((string?)approved["state"], (string?)approved["displayName"]));
    }

    [Fact]
    public async Task Reject_rename_and_delete_should_do_what_they_say()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node);
        Assert.Equal("rejected", (string?)(await gateway.Admin.PostAsJsonAsync($"api/nodes/{node.NodeId}/reject", new { reason = "not ours" }).JsonAsync())["state"]);
        Assert.Equal(("rejected", "not ours"), ((await gateway.PairAnswerAsync(node)) is var answer ? (answer.Status, answer.Reason) : default));
        Assert.Equal("Lab", (string?)(await gateway.Admin.PatchAsJsonAsync($"api/nodes/{node.NodeId}", new { displayName = " Lab " }).JsonAsync())["displayName"]);
        Assert.Equal(204, (int)(await gateway.Admin.DeleteAsync($"api/nodes/{node.NodeId}")).StatusCode);
        Assert.Equal("notFound", await gateway.Admin.GetAsync($"api/nodes/{node.NodeId}").ProblemAsync(404));
        Assert.Equal("notFound", await gateway.Admin.DeleteAsync($"api/nodes/{node.NodeId}").ProblemAsync(404));
        Assert.Equal("unauthorized", await gateway.PollAsync(node.NodeId, node.PairingSecret).ProblemAsync(401));
    }

    [Fact]
    public async Task Approving_without_a_body_should_grant_the_sensible_default()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var node = await gateway.RegisterAsync();
        await gateway.PairAnswerAsync(node);
        var approved = await gateway.Admin.PostAsync($"api/nodes/{node.NodeId}/approve", null).JsonAsync();
        Assert.Equal("approved", (string?)approved["state"]);
        Assert.Equal(PairStatus.Approved, (await gateway.PairAnswerAsync(node)).Status);
    }
}
