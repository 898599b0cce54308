using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Sophon.Node.Tests.Gateway.Approvals;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Audit;

public class AuditSpecs
{
    static async Task<JsonArray> LinesAsync(TestGateway gateway, string query = "") => (await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/audit?limit=1000&{query}"))!["items"]!.AsArray();

    static string Words(JsonNode? line) => $"{line!["actor"]} {line["action"]} {line["nodeName"]} {line["detail"]}";

    /// <summary>The oldest first.</summary>
    static async Task<List<string>> StoryAsync(TestGateway gateway, string query = "") => [.. (await LinesAsync(gateway, query)).Reverse().Select(Words)];

    [Fact]
    [Trait("kind", "real")]
    public async Task Every_step_with_a_node_should_be_told_with_who_did_it()
    {
        await using var system = await ApprovalFixture.StartAsync();
        var (admin, id) = (system.Gateway.Admin, system.Token.NodeId);
        var anna = await system.PersonAsync();
        await system.AskAsync(commandId: "asked");
        await ApprovalFixture.ApproveAsync(anna, "asked");
        await system.Node.NextAsync();
        await system.Node.AnswerAsync("asked", new { exitCode = 0 });
        await system.AskAsync(commandId: "no");
        await ApprovalFixture.DecideAsync(anna, "no", "reject", new { });
        await system.AskAsync(commandId: "stop");
        await system.Agent.PostAsync("api/commands/stop/cancel", null);
        await admin.PutAsJsonAsync($"api/nodes/{id}/scopes", new { scopes = new[] { "system.info" } });
        await admin.PatchAsJsonAsync($"api/nodes/{id}", new { displayName = "Lab" });
        await admin.PostAsync($"api/nodes/{id}/revoke", null);
        await admin.PostAsync($"api/nodes/{id}/regenerate", null);
        await admin.PostAsJsonAsync($"api/nodes/{id}/reject", new { reason = "wrong machine" });
        await admin.DeleteAsync($"api/nodes/{id}");
        Assert.Equal(
            [
                "first run nodeRegistered  Office PC, linux",
                "first run nodeApproved Office PC scopes node.command; machine host at 127.0.0.1",
                "agent commandAsked Office PC system.execute, waits for an approval",
                "anna commandApproved Office PC system.execute, asked for by agent",
                "agent commandFinished Office PC system.execute succeeded",
                "agent commandAsked Office PC system.execute, waits for an approval",
                "anna commandRejected Office PC system.execute denied: approvalRejected",
                "agent commandAsked Office PC system.execute, waits for an approval",
                "agent commandCancelled Office PC system.execute",
                "agent commandFinished Office PC system.execute cancelled: cancelled",
                "first run nodeScopesChanged Office PC from node.command to system.info",
                "first run nodeRenamed Office PC from \"Office PC\" to \"Lab\"",
                "first run nodeRevoked Lab ",
                "first run nodeRegenerated Lab ",
                "first run nodeRejected Lab wrong machine",
                "first run nodeDeleted Lab ",
            ],
            await StoryAsync(system.Gateway, $"node={id}"));
    }

    [Fact]
    public async Task Logins_users_and_tokens_should_be_told_and_no_secret_with_them()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = new TestBrowser(gateway);
        await anna.PostFormAsync("account/setup", ("code", gateway.SetupCode), ("user", "anna"), ("password", TestBrowser.Password));
        await anna.LoginAsync("my-secret-typed-here", "wrong");
        await anna.LoginAsync("anna", "wrong password");
        await anna.LoginAsync("anna");
        await anna.PostFormAsync("account/password", ("current", TestBrowser.Password), ("password", "another password"));
        await anna.PostFormAsync("account/sign-out-everywhere");
        var token = (string)(await gateway.Admin.PostAsJsonAsync("api/tokens", new { name = "night job", role = "operator", preApproved = true }).JsonAsync())["secret"]!;
        await gateway.Admin.DeleteAsync($"api/tokens/{token.Split('.')[0]}");
        var bob = (string)(await gateway.Admin.PostAsJsonAsync("api/users", new { name = "bob", role = "viewer", password = TestBrowser.Password }).JsonAsync())["id"]!;
        await gateway.Admin.PatchAsJsonAsync($"api/users/{bob}", new { role = "operator" });
        await gateway.Admin.PatchAsJsonAsync($"api/users/{bob}", new { role = "operator" });
        await gateway.Admin.DeleteAsync($"api/users/{bob}");
        var (id, story) = (token.Split('.')[0], await StoryAsync(gateway));
        Assert.Equal(
            [
                "the Gateway's machine tokenCreated  sg_ID \"first run\", administrator",
                "the Gateway's machine gatewayStarted  version 1.0.0; programs need a person's approval",
                "anna setup  the first administrator",
                "nobody loginFailed  unknown user",
                "anna loginFailed  ",
                "anna login  ",
                "anna login  ",
                "anna passwordChanged  anna",
                "anna signedOutEverywhere  anna",
                $"first run tokenCreated  {id} \"night job\", operator, pre-approved",
                $"first run tokenRevoked  {id} \"night job\"",
                "first run userAdded  bob as viewer",
                "first run userChanged  bob: operator, shown as \"bob\"",
                "first run userRemoved  bob",
            ],
            story.Select((line, index) => index == 0 ? System.Text.RegularExpressions.Regex.Replace(line, "sg_[a-z0-9]{8} ", "sg_ID ") : line));
        var all = await gateway.Admin.GetStringAsync("api/audit/export");
        foreach (var secret in new[] { TestBrowser.Password, "another password", "wrong password", "my-secret-typed-here", gateway.SetupCode, token.Split('.')[1] })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_should_be_found_by_user_action_and_time_and_come_in_pages()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await TestGateway.InMemoryAsync(clock);
        await gateway.RegisterAsync("one");
        clock.Advance(TimeSpan.FromHours(1));
        var between = clock.GetUtcNow().ToString("O");
        clock.Advance(TimeSpan.FromHours(1));
        await TestBrowser.SignedInAsync(gateway, "anna");
        await gateway.RegisterAsync("two");

        Assert.Equal(["anna login  "], await StoryAsync(gateway, "user=Anna"));
        Assert.Equal(["first run nodeRegistered  one, linux", "first run nodeRegistered  two, linux"], await StoryAsync(gateway, "action=nodeRegistered"));
        Assert.Equal(3, (await LinesAsync(gateway, $"from={Uri.EscapeDataString(between)}")).Count);
        Assert.Equal(["first run nodeRegistered  one, linux"], await StoryAsync(gateway, $"action=nodeRegistered,login&to={Uri.EscapeDataString(between)}"));

        var (seen, before) = (new List<long>(), "");
        do
        {
            var page = (await gateway.Admin.GetFromJsonAsync<JsonNode>($"api/audit?limit=2{before}"))!;
            seen.AddRange(page["items"]!.AsArray().Select(line => (long)line!["id"]!));
            before = page["next"] is { } next ? $"&before={next}" : "";
        }
        while (before.Length > 0);
        Assert.Equal((await LinesAsync(gateway)).Select(line => (long)line!["id"]!), seen);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("action=everything", "action")]
    [InlineData("action=3", "action")]
    public async Task Filter_that_makes_no_sense_should_name_what_it_takes(string query, string parameter)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal(parameter, (string?)(await gateway.Admin.GetAsync($"api/audit?{query}").JsonAsync())["parameter"]);
    }

    [Fact]
    public async Task Audit_should_be_for_administrators_only()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var oscar = await TestBrowser.SignedInAsync(gateway, "oscar", GatewayRole.Operator);
        Assert.Equal("forbidden", await oscar.GetAsync("api/audit").ProblemAsync(403));
        Assert.Equal("forbidden", await oscar.GetAsync("api/audit/export?format=csv").ProblemAsync(403));
        Assert.Equal(HttpStatusCode.OK, (await (await TestBrowser.SignedInAsync(gateway, "anna")).GetAsync("api/audit/export?format=csv")).StatusCode);
    }

    [Fact]
    public async Task Lines_should_go_when_the_retention_is_over_and_not_before()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await TestGateway.InMemoryAsync(clock, new() { ["Gateway:AuditRetentionDays"] = "2" });
        await gateway.RegisterAsync("old");
        clock.Advance(TimeSpan.FromDays(1));
        await gateway.RegisterAsync("new");
        clock.Advance(TimeSpan.FromDays(1.5));
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return (await StoryAsync(gateway, "action=nodeRegistered")).Count == 1;
            },
            "the old line is gone");
        Assert.Equal(["first run nodeRegistered  new, linux"], await StoryAsync(gateway, "action=nodeRegistered"));
    }

    [Fact]
    public async Task Line_should_be_there_only_together_with_what_it_tells_of()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var accounts = gateway.Services.GetRequiredService<AccountService>();
        await accounts.AddAsync(Caller.Machine, new NewAccount("anna", null, GatewayRole.Administrator, TestBrowser.Password));
        var before = (await LinesAsync(gateway)).Count;
        await Assert.ThrowsAnyAsync<Exception>(() => accounts.AddAsync(Caller.Machine, new NewAccount("anna", null, GatewayRole.Administrator, TestBrowser.Password)));
        var anna = (await accounts.ListAsync()).Single();
        await Assert.ThrowsAnyAsync<Exception>(() => accounts.RemoveAsync(Caller.Machine, anna.Id));
        Assert.Equal(before, (await LinesAsync(gateway)).Count);
    }
}
