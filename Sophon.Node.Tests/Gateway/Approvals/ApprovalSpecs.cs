using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Approvals;
using Sophon.Gateway.Changes;
using Sophon.Node.Protocol.Commands;
using Xunit;
using static Sophon.Node.Tests.Gateway.Approvals.ApprovalFixture;

namespace Sophon.Node.Tests.Gateway.Approvals;

[Trait("kind", "real")]
public class ApprovalSpecs
{
    [Fact]
    public async Task Program_should_wait_for_a_person_and_run_exactly_as_it_was_shown()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var waiting = system.Agent.PostAsJsonAsync($"api/nodes/{system.Token.NodeId}/commands", new { type = "system.execute", parameters = Echo, commandId = "asked", timeoutSeconds = 7 });
        await Eventually.TrueAsync(async () => (await PendingAsync(anna)).Count == 1, "it waits");
        Assert.Equal("awaitingApproval", (string?)(await system.CommandAsync("asked"))["status"]);

        var shown = (await PendingAsync(anna))[0]!;
        Assert.Equal(("system.execute", "Office PC", "agent", 7), ((string?)shown["type"], (string?)shown["nodeName"], (string?)shown["requestedBy"], (int)shown["timeoutSeconds"]!));
        Assert.Equal(JsonSerializer.Serialize(Echo), shown["parameters"]!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default }));
        Assert.False(system.Node.Commands.TryPeek(out _));
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(anna, "asked")).StatusCode);

        var sent = await system.Node.NextAsync();
        Assert.Equal((JsonSerializer.Serialize(Echo), 7), (JsonSerializer.Serialize(sent.Parameters), sent.TimeoutSeconds));
        await system.Node.AnswerAsync("asked", new { exitCode = 0 });
        var answer = await waiting.JsonAsync();
        Assert.Equal(("succeeded", "anna"), ((string?)answer["status"], (string?)answer["decidedBy"]));
        Assert.Empty(await PendingAsync(anna));
    }

    [Fact]
    public async Task Rejected_command_should_end_as_denied_with_the_reason_and_never_run()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var waiting = system.Agent.PostAsJsonAsync($"api/nodes/{system.Token.NodeId}/commands", new { type = "app.launch", parameters = new { path = "/bin/sh" }, commandId = "asked" });
        await Eventually.TrueAsync(async () => (await PendingAsync(anna)).Count == 1, "app.launch by path waits too");
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(anna, "asked", "reject", new { reason = "not on a weekday" })).StatusCode);
        var answer = await waiting.JsonAsync();
        Assert.Equal(("denied", "approvalRejected"), ((string?)answer["status"], (string?)answer["error"]!["code"]));
        Assert.Contains("anna rejected it", (string?)answer["error"]!["message"], StringComparison.Ordinal);
        Assert.Contains("not on a weekday", (string?)answer["error"]!["message"], StringComparison.Ordinal);
        await system.AskAsync(type: "app.launch", parameters: new { name = "gedit" });
        Assert.Equal("app.launch", (await system.Node.NextAsync()).Type);
        Assert.False(system.Node.Commands.TryPeek(out _));
    }

    [Fact]
    public async Task Of_two_approvers_at_once_one_should_win_and_the_other_hear_of_it()
    {
        await using var system = await StartAsync();
        var people = new[] { await system.PersonAsync("anna"), await system.PersonAsync("bob"), await system.PersonAsync("carol") };
        var id = (string)(await system.AskAsync())["commandId"]!;
        var digest = (string)(await PendingAsync(people[0])).Single()!["digest"]!;
        var answers = await Task.WhenAll(people.Select((person, index) =>
            index == 2 ? DecideAsync(person, id, "reject", new { }) : DecideAsync(person, id, "approve", new { digest })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            var problem = await Task.FromResult(answer).JsonAsync();
            Assert.Equal("alreadyDecided", (string?)problem["code"]);
            Assert.Matches("(anna|bob|carol) (approved|rejected) it already, at ", (string)problem["title"]!);
        }
    }

    [Fact]
    public async Task Approval_should_count_for_nothing_but_what_was_shown()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var harmless = (string)(await system.AskAsync(parameters: new { command = "ls" }))["commandId"]!;
        var other = (string)(await system.AskAsync(parameters: new { command = "rm", args = new[] { "-rf", "/" } }))["commandId"]!;
        var seen = (string)(await PendingAsync(anna)).Single(approval => (string?)approval!["commandId"] == harmless)!["digest"]!;
        Assert.Equal("approvalChanged", await DecideAsync(anna, other, "approve", new { digest = seen }).ProblemAsync(409));
        Assert.Equal("invalidArgument", await DecideAsync(anna, other, "approve", new { }).ProblemAsync(400));
        Assert.Equal("awaitingApproval", (string?)(await system.CommandAsync(other))["status"]);
        // The same id with another program is refused, whether or not it was approved.
        Assert.Equal("commandIdReused", await system.Agent.PostAsJsonAsync($"api/nodes/{system.Token.NodeId}/commands", new { type = "system.execute", parameters = new { command = "id" }, commandId = harmless }).ProblemAsync(409));
    }

    [Fact]
    public async Task Command_that_is_cancelled_or_whose_node_is_revoked_should_not_be_approvable()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var cancelled = (string)(await system.AskAsync())["commandId"]!;
        var digest = (string)(await PendingAsync(anna)).Single()!["digest"]!;
        Assert.Equal("cancelled", (string?)(await system.Agent.PostAsync($"api/commands/{cancelled}/cancel", null).JsonAsync())["status"]);
        Assert.Equal("notFound", await DecideAsync(anna, cancelled, "approve", new { digest }).ProblemAsync(404));

        var revoked = (string)(await system.AskAsync())["commandId"]!;
        await system.Gateway.Admin.PostAsync($"api/nodes/{system.Token.NodeId}/revoke", null);
        Assert.Equal("cancelled", (string?)(await system.CommandAsync(revoked))["status"]);
        Assert.Empty(await PendingAsync(anna));
    }

    [Fact]
    public async Task Node_that_is_away_at_the_approval_should_get_the_command_when_it_is_back()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var id = (string)(await system.AskAsync())["commandId"]!;
        await system.Node.Hub.StopAsync();
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(anna, id)).StatusCode);
        Assert.Equal("queued", (string?)(await system.CommandAsync(id))["status"]);
        await system.ReconnectAsync();
        Assert.Equal(id, (await system.Node.NextAsync()).CommandId);
    }

    [Fact]
    public async Task Reconnecting_node_should_not_get_what_nobody_has_approved()
    {
        await using var system = await StartAsync();
        var id = (string)(await system.AskAsync())["commandId"]!;
        await system.ReconnectAsync();
        await system.AskAsync(type: "system.info", parameters: new { }, commandId: "after");
        Assert.Equal("after", (await system.Node.NextAsync()).CommandId);
        Assert.Equal("awaitingApproval", (string?)(await system.CommandAsync(id))["status"]);
    }

    [Fact]
    public async Task Pages_that_are_open_should_be_told_of_each_step()
    {
        await using var system = await StartAsync();
        var anna = await system.PersonAsync();
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var following = system.Gateway.Services.GetRequiredService<ChangeFeed>().Follow(Topic.Approvals, ids =>
        {
            foreach (var id in ids) told.Enqueue(id);
            return Task.CompletedTask;
        });
        await system.AskAsync(commandId: "asked");
        await Eventually.TrueAsync(() => told.Contains("asked"), "it waits");
        told.Clear();
        await ApproveAsync(anna, "asked");
        await Eventually.TrueAsync(() => told.Contains("asked"), "it is approved");
        told.Clear();
        await system.AskAsync(type: "system.info", parameters: new { }, commandId: "plain");
        await system.AskAsync(commandId: "second");
        await Eventually.TrueAsync(() => told.Contains("second"), "another waits");
        Assert.DoesNotContain("plain", told);
    }

    [Theory]
    [InlineData("plain text, äöü 世界", "plain text, äöü 世界")]
    [InlineData("a\nb\tc\u001b[31m", "a\\u{A}b\\u{9}c\\u{1B}[31m")]
    [InlineData("rm\u202e fdp.exe\u200b", "rm\\u{202E} fdp.exe\\u{200B}")]
    [InlineData("no\u00a0break", "no\\u{A0}break")]
    public void Shown_text_should_hide_nothing(string text, string shown) => Assert.Equal(shown, ShownText.Of(text));

    [Theory]
    [InlineData("system.execute", """{"command":"ls"}""", true)]
    [InlineData("app.launch", """{"path":"/bin/ls"}""", true)]
    [InlineData("app.launch", """{"name":"gedit"}""", false)]
    [InlineData("screen.capture", "{}", false)]
    public void Catalogue_should_mark_what_runs_a_program_of_the_callers_choice(string type, string parameters, bool needed) =>
        Assert.Equal(needed, CommandCatalog.Find(type)!.NeedsApproval(JsonElement.Parse(parameters)));
}
