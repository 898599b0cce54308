using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Approvals;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class ApprovalsPageSpecs(DashboardFixture dashboard)
{
    static readonly LocatorAssertionsToBeVisibleOptions WithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Waiting_command_should_appear_everywhere_with_all_that_it_would_do_and_run_when_it_is_approved()
    {
        await using var node = await dashboard.OnlineAsync("Approval one", Scopes.SystemExecute);
        await using var first = await dashboard.OpenAsync("approvals");
        await using var second = await dashboard.OpenAsync("settings/devices", "operator");
        var command = await AskAsync(node);

        var panel = Panel(first, "Approval one");
        await Expect(panel).ToBeVisibleAsync(WithinTwoSeconds);
        await Expect(second.Page.Locator("nav .badge")).ToBeVisibleAsync(WithinTwoSeconds);
        foreach (var part in new[] { "system.execute", "echo", "<b>hi</b>", "--now", "/srv", "LC_ALL=C", "standard in", "first run", node.Token.NodeId })
            await Expect(panel).ToContainTextAsync(part);
        await Expect(panel.Locator("time[data-until]")).ToHaveTextAsync(new Regex("^4:[0-9]{2}$"));
        await first.ShouldBeAccessibleAsync();
        await first.PictureAsync("approvals");

        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve once" }).ClickAsync();
        var sent = await node.NextAsync();
        Assert.Equal(command, sent.CommandId);
        await node.AnswerAsync(command, new { exitCode = 0, stdout = "hi", stderr = "", truncated = false });
        await Expect(panel).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 2_000 });
        await Expect(first.Page.GetByText("administrator approved system.execute on Approval one")).ToBeVisibleAsync();
        Assert.Equal("succeeded", await StatusAsync(command));
    }

    [Fact]
    public async Task Rejection_should_tell_who_asked_why()
    {
        await using var node = await dashboard.OnlineAsync("Approval rejected", Scopes.SystemExecute);
        var command = await AskAsync(node);
        await using var page = await dashboard.OpenAsync("approvals", "operator");
        var panel = Panel(page, "Approval rejected");
        await panel.GetByPlaceholder("Reason (optional)").FillAsync("Not on a Friday");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reject" }).ClickAsync();
        await Expect(page.Page.GetByText("operator rejected system.execute on Approval rejected")).ToBeVisibleAsync();
        var answer = await dashboard.Gateway.Http.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/commands/{command}");
        Assert.Equal("denied", answer.GetProperty("status").GetString());
        Assert.Contains("Not on a Friday", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Two_people_at_once_should_leave_one_that_wins_and_one_that_is_told()
    {
        await using var node = await dashboard.OnlineAsync("Approval race", Scopes.SystemExecute);
        await using var first = await dashboard.OpenAsync("approvals");
        await using var second = await dashboard.OpenAsync("approvals", "operator");
        var command = await AskAsync(node);
        var buttons = new[] { first, second }.Select(page => Panel(page, "Approval race").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve once" })).ToList();
        foreach (var button in buttons) await Expect(button).ToBeVisibleAsync();
        await Task.WhenAll(buttons.Select(button => button.EvaluateAsync("button => button.click()")));

        Assert.Equal(command, (await node.NextAsync()).CommandId);
        foreach (var page in new[] { first, second })
        {
            await Expect(page.Page.GetByText(new Regex("approved system.execute on Approval race"))).ToBeVisibleAsync();
            await Expect(Panel(page, "Approval race")).ToHaveCountAsync(0);
        }

        var told = await Task.WhenAll(new[] { first, second }.Select(page => page.Page.GetByText("alreadyDecided").CountAsync()));
        Assert.Equal(1, told.Sum());
        Assert.False(node.Commands.TryRead(out _));
        await node.AnswerAsync(command, new { exitCode = 0 });
    }

    [Fact]
    public async Task Viewer_should_neither_see_nor_decide()
    {
        await using var page = await dashboard.OpenAsync("approvals", "viewer");
        await Expect(page.Page.GetByText("Your role does not cover that page.")).ToBeVisibleAsync();
        await page.GoToAsync("settings/devices");
        await Expect(page.Page.Locator("nav").GetByText("Live view")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("nav").GetByText("Approvals")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await using var node = await dashboard.OnlineAsync($"Approval fit {width} {colours}", Scopes.SystemExecute);
        await AskAsync(node);
        await using var page = await dashboard.OpenAsync("approvals", options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours });
        await Expect(Panel(page, $"Approval fit {width} {colours}")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"approvals-{width}-{colours}");
    }

    async Task<string> AskAsync(FakeNode node)
    {
        var answer = await dashboard.Gateway.Http.PostAsJsonAsync($"api/nodes/{node.Token.NodeId}/commands?wait=false", new
        {
            type = "system.execute",
            parameters = new { command = "echo", args = new[] { "<b>hi</b>", "--now" }, workingDirectory = "/srv", env = new Dictionary<string, string> { ["LC_ALL"] = "C" }, stdin = "standard in" },
        });
        var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        Assert.Equal("awaitingApproval", body.GetProperty("status").GetString());
        return body.GetProperty("commandId").GetString()!;
    }

    async Task<string> StatusAsync(string command)
    {
        string? status = null;
        await Sophon.Node.Tests.Support.Eventually.TrueAsync(
            async () => (status = (await dashboard.Gateway.Http.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/commands/{command}")).GetProperty("status").GetString()) != "running", "the command is over");
        return status!;
    }

    static ILocator Panel(DashboardPage page, string node) => page.Page.Locator("article.approval", new PageLocatorOptions { HasText = node });
}
