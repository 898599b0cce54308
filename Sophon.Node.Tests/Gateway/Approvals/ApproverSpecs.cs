using System.Net;
using System.Net.Http.Json;
using Sophon.Gateway.Store;
using Xunit;
using static Sophon.Node.Tests.Gateway.Approvals.ApprovalFixture;

namespace Sophon.Node.Tests.Gateway.Approvals;

/// <summary>Who may approve what.</summary>
[Trait("kind", "real")]
public class ApproverSpecs
{
    static async Task<HttpResponseMessage> ApproveAsync(HttpClient client, string id) =>
        await client.PostAsJsonAsync($"api/approvals/{id}/approve", new { digest = (string)(await client.GetAsync("api/approvals").JsonAsync()).AsArray().Single(approval => (string?)approval!["commandId"] == id)!["digest"]! });

    [Fact]
    public async Task Token_should_never_approve_its_own_request_and_an_operators_token_none()
    {
        await using var system = await StartAsync();
        var id = (string)(await system.AskAsync())["commandId"]!;
        Assert.Equal("forbidden", await ApproveAsync(system.Agent, id).ProblemAsync(403));
        var other = await AgentAsync(system.Gateway, new { name = "other", role = "operator" });
        Assert.Equal("forbidden", await ApproveAsync(other, id).ProblemAsync(403));
        Assert.Equal("forbidden", await other.PostAsJsonAsync($"api/approvals/{id}/reject", new { }).ProblemAsync(403));
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(system.Gateway.Admin, id)).StatusCode);

        var own = (string)(await system.AskAsync(system.Gateway.Admin))["commandId"]!;
        Assert.Equal("forbidden", await ApproveAsync(system.Gateway.Admin, own).ProblemAsync(403));
    }

    [Fact]
    public async Task Viewer_should_neither_see_nor_decide_and_a_token_for_other_nodes_not_see()
    {
        await using var system = await StartAsync();
        var id = (string)(await system.AskAsync())["commandId"]!;
        var viewer = await system.PersonAsync("vera", GatewayRole.Viewer);
        Assert.Equal("forbidden", await viewer.GetAsync("api/approvals").ProblemAsync(403));
        Assert.Equal("forbidden", await DecideAsync(viewer, id, "approve", new { digest = "x" }).ProblemAsync(403));

        var elsewhere = await system.Gateway.PairAsync();
        var limited = await AgentAsync(system.Gateway, new { name = "limited", role = "administrator", nodes = new[] { elsewhere.NodeId } });
        Assert.Empty((await limited.GetAsync("api/approvals").JsonAsync()).AsArray());
        Assert.Equal("notFound", await limited.PostAsJsonAsync($"api/approvals/{id}/approve", new { digest = "x" }).ProblemAsync(404));
    }

    [Theory]
    [InlineData(null, "operator", 200)]
    [InlineData("AnotherPerson=true", "operator", 403)]
    [InlineData("Role=administrator", "operator", 403)]
    [InlineData("Role=administrator", "administrator", 200)]
    public async Task Setting_should_decide_who_approves_their_own_request(string? setting, string role, int status)
    {
        var parts = setting?.Split('=');
        await using var system = await StartAsync(settings: parts is null ? null : new() { [$"Gateway:Approvals:{parts[0]}"] = parts[1] });
        var anna = await system.PersonAsync("anna", Enum.Parse<GatewayRole>(role, ignoreCase: true));
        var asked = await anna.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"api/nodes/{system.Token.NodeId}/commands?wait=false") { Content = JsonContent.Create(new { type = "system.execute", parameters = Echo }) }).JsonAsync();
        var id = (string)asked["commandId"]!;
        Assert.Equal(status == 403, (await PendingAsync(anna)).Single()!["refusal"] is not null);
        Assert.Equal(status, (int)(await ApprovalFixture.ApproveAsync(anna, id)).StatusCode);
    }

    [Fact]
    public async Task Pre_approved_token_and_the_setting_none_should_need_no_person()
    {
        await using var system = await StartAsync();
        await system.AskAsync(await AgentAsync(system.Gateway, new { name = "night job", role = "operator", preApproved = true }), commandId: "pre");
        Assert.Equal("pre", (await system.Node.NextAsync()).CommandId);

        await using var open = await StartAsync(settings: new() { ["Gateway:Approvals:Execute"] = "none" });
        await open.AskAsync(commandId: "open");
        Assert.Equal("open", (await open.Node.NextAsync()).CommandId);
    }
}
