using System.Text.Json.Nodes;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

public class WebSpecs
{
    [Fact]
    public async Task Landing_page_should_say_what_this_is_and_load_nothing_from_elsewhere()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var response = await gateway.Anonymous.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("<h1>Sophon Gateway</h1>", page, StringComparison.Ordinal);
        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public async Task Health_should_answer_anybody()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal("live", (string?)(await gateway.Anonymous.GetAsync("health/live").JsonAsync())["status"]);
        Assert.Equal("ready", (string?)(await gateway.Anonymous.GetAsync("health/ready").JsonAsync())["status"]);
    }

    [Fact]
    public async Task Api_description_should_cover_every_call_with_a_summary_and_its_security()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var paths = (await gateway.Anonymous.GetAsync("openapi/v1.json").JsonAsync())["paths"]!.AsObject();
        var calls = paths.SelectMany(path => path.Value!.AsObject().Select(call => (Name: $"{call.Key} {path.Key}", Call: call.Value!))).ToDictionary(call => call.Name, call => call.Call);
        Assert.Equal(
            [
                "delete /api/nodes/{nodeId}", "delete /api/nodes/{nodeId}/audit-head", "delete /api/tokens/{tokenId}", "delete /api/users/{userId}",
                "get /api/approvals", "get /api/audit", "get /api/audit/export", "get /api/commands", "get /api/commands/{commandId}", "get /api/commands/{commandId}/output", "get /api/me", "get /api/nodes", "get /api/nodes/me/audit-head",
                "get /api/nodes/{nodeId}", "get /api/nodes/{nodeId}/commands", "get /api/tokens", "get /api/users", "get /health/live", "get /health/ready",
                "patch /api/nodes/{nodeId}", "patch /api/users/{userId}",
                "post /api/approvals/{commandId}/approve", "post /api/approvals/{commandId}/reject",
                "post /api/commands/{commandId}/cancel", "post /api/nodes", "post /api/nodes/me/pair", "post /api/nodes/{nodeId}/approve",
                "post /api/nodes/{nodeId}/commands", "post /api/nodes/{nodeId}/regenerate", "post /api/nodes/{nodeId}/reject", "post /api/nodes/{nodeId}/revoke",
                "post /api/tokens", "post /api/users", "post /api/users/{userId}/password", "post /api/users/{userId}/sign-out",
                "put /api/nodes/{nodeId}/scopes",
            ],
            calls.Keys.Order(StringComparer.Ordinal));
        Assert.All(calls, call =>
        {
            Assert.False(string.IsNullOrEmpty((string?)call.Value["summary"]), call.Key);
            Assert.Equal(!call.Key.Contains("/health", StringComparison.Ordinal) && !call.Key.EndsWith("/pair", StringComparison.Ordinal), call.Value["security"] is JsonArray { Count: > 0 });
        });
    }
}
