using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.NodeDetails;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class NodePageSpecs(DashboardFixture dashboard)
{
    static readonly LocatorAssertionsToContainTextOptions SaidWithinTwoSeconds = new() { Timeout = 2_000 };
    static readonly LocatorAssertionsToHaveTextOptions TextWithinTwoSeconds = new() { Timeout = 2_000 };
    static readonly LocatorAssertionsToBeVisibleOptions VisibleWithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Facts_should_follow_the_heartbeats()
    {
        await using var node = await dashboard.OnlineAsync("Facts");
        await using var page = await OpenAsync(node.Token.NodeId, "viewer");
        await Expect(State(page)).ToHaveTextAsync("Online");
        await Expect(Fact(page, "uptime")).ToHaveTextAsync("1 h 0 min");
        await Expect(Fact(page, "session")).ToHaveTextAsync("Active");
        foreach (var line in new[] { "CPU over the last hour: now 0.5 %, at most 0.5 %", "Memory over the last hour: now 40 MiB, at most 40 MiB" })
            await Expect(page.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = line })).ToBeVisibleAsync();

        await node.BeatAsync(uptime: 7_320, version: "1.2.3", capabilities: ["screen.capture", "notify.show"]);
        await Expect(Fact(page, "uptime")).ToHaveTextAsync("2 h 2 min", TextWithinTwoSeconds);
        await Expect(Fact(page, "version")).ToHaveTextAsync("1.2.3");
        await Expect(Fact(page, "queue")).ToHaveTextAsync("0 on the Node, 0 not yet answered");
        await Expect(Fact(page, "capabilities")).ToContainTextAsync("2 commands of this desktop");

        await node.DisposeAsync();
        await Expect(State(page)).ToHaveTextAsync("Offline", TextWithinTwoSeconds);
    }

    [Fact]
    public async Task Permissions_should_reach_the_node_and_every_open_page_within_two_seconds()
    {
        await using var node = await dashboard.OnlineAsync("Permissions", Scopes.ScreenCapture);
        await using var page = await OpenAsync(node.Token.NodeId);
        await using var second = await OpenAsync(node.Token.NodeId, "viewer");
        await Expect(Scope(second, "Input")).ToBeDisabledAsync();
        await Scope(page, "Input").CheckAsync();
        await page.Button("Save permissions").ClickAsync();
        await Expect(page.Page.GetByText("Saved. The Node has been told.")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await Support.Eventually.TrueAsync(() => node.Scopes.Any(scopes => scopes.Contains(Scopes.InputControl)), "the Node is told", TimeSpan.FromSeconds(2));
        await Expect(Scope(second, "Input")).ToBeCheckedAsync(new LocatorAssertionsToBeCheckedOptions { Timeout = 2_000 });
    }

    [Fact]
    public async Task Permissions_changed_elsewhere_should_be_said_to_who_is_choosing()
    {
        var nodeId = (await dashboard.ApprovedAsync("Overtaken", Scopes.ScreenCapture)).NodeId;
        await using var page = await OpenAsync(nodeId);
        await Scope(page, "Clipboard").CheckAsync();
        (await dashboard.Gateway.Http.PutAsJsonAsync($"api/nodes/{nodeId}/scopes", new { scopes = new[] { Scopes.InputControl } })).EnsureSuccessStatusCode();
        await Expect(page.Page.GetByText("Somebody else changed the permissions while you were choosing")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await Expect(Scope(page, "Clipboard")).ToBeCheckedAsync();
        await page.Button("Discard").ClickAsync();
        await Expect(Scope(page, "Clipboard")).Not.ToBeCheckedAsync();
        await Expect(Scope(page, "Input")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Rename_should_be_seen_by_others_and_refuse_what_is_no_name()
    {
        var nodeId = (await dashboard.ApprovedAsync("Old name")).NodeId;
        await using var page = await OpenAsync(nodeId);
        await using var second = await OpenAsync(nodeId, "viewer");
        await RenameAsync(page, new string('x', 10 * 1024));
        await Expect(page.Page.GetByText("The display name has 10240 characters; it takes 1 to 200.")).ToBeVisibleAsync();
        await RenameAsync(page, "");
        await Expect(page.Page.GetByText("The display name is missing")).ToBeVisibleAsync();
        await RenameAsync(page, "<script>alert(1)</script>");
        foreach (var browser in new[] { page, second })
            await Expect(browser.Page.Locator("h1 .title")).ToHaveTextAsync("<script>alert(1)</script>", TextWithinTwoSeconds);
        await Expect(page.Page.Locator(".note")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Revocation_should_take_the_typed_id_and_end_the_connection()
    {
        await using var node = await dashboard.OnlineAsync("To revoke");
        await using var page = await OpenAsync(node.Token.NodeId);
        await using var second = await OpenAsync(node.Token.NodeId);
        await page.Page.GetByText("Revoke this node…").ClickAsync();
        var typed = page.Page.Locator("#revoke-confirm");
        var button = page.Button("Revoke");
        await Expect(button).ToBeDisabledAsync();
        await typed.FillAsync("To revoke");
        await typed.PressAsync("Enter");
        await Expect(button).ToBeDisabledAsync();
        await typed.FillAsync(node.Token.NodeId);
        await button.ClickAsync();
        await Expect(second.Page.Locator(".note")).ToContainTextAsync("This node was revoked elsewhere", SaidWithinTwoSeconds);
        await node.Closed;
        Assert.Single(node.Revokes);
        await Expect(State(page)).ToHaveTextAsync("Revoked");
        await Expect(page.Heading("New pairing credentials")).ToBeVisibleAsync();
        await Expect(page.Heading("Permissions")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task History_should_say_how_commands_ended_and_who_asked_page_by_page()
    {
        await using var node = await dashboard.OnlineAsync("History", Scopes.NodeCommand);
        await using var page = await OpenAsync(node.Token.NodeId, "viewer");
        await Expect(page.Page.GetByText("No command was run on this node yet.")).ToBeVisibleAsync();

        var pending = dashboard.Gateway.ExecuteAsync(node.Token.NodeId, "system.info");
        var command = await node.NextAsync();
        await Expect(Lines(page)).ToContainTextAsync(["Running"], new LocatorAssertionsToContainTextOptions { Timeout = 2_000 });
        await node.AnswerAsync(command.CommandId, new { hostName = "x" });
        await pending;
        await Expect(Lines(page).First).ToContainTextAsync("Succeeded", SaidWithinTwoSeconds);
        await Expect(Lines(page).First).ToContainTextAsync("1.5 ms");
        await Expect(Lines(page).First).ToContainTextAsync("first run"); // the name of the token that the first run makes

        var failing = dashboard.Gateway.ExecuteAsync(node.Token.NodeId, "window.list");
        await node.AnswerAsync((await node.NextAsync()).CommandId, status: CommandStatus.Failed, error: new CommandError(ErrorCode.DisplayUnavailable, "No X server answers."));
        await failing;
        await Expect(Lines(page).First).ToContainTextAsync("No X server answers.", SaidWithinTwoSeconds);

        _ = node.ServeAsync(_ => new { });
        for (var i = 0; i < 20; i++) await dashboard.Gateway.ExecuteAsync(node.Token.NodeId, "screen.monitors");
        await page.Button("Older").ClickAsync();
        await Expect(Lines(page)).ToHaveCountAsync(2);
        await Expect(Lines(page).Last).ToContainTextAsync("system.info");
        await Expect(page.Button("Older")).ToBeDisabledAsync();
        await page.Button("Newer").ClickAsync();
        await Expect(Lines(page)).ToHaveCountAsync(20);
        await Expect(page.Button("Newer")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Node_that_vanishes_should_be_said_where_its_page_was_open()
    {
        var nodeId = (await dashboard.ApprovedAsync("To vanish")).NodeId;
        await using var page = await OpenAsync(nodeId);
        await using var second = await OpenAsync(nodeId);
        await page.Page.GetByText("Remove this node…").ClickAsync();
        await second.Page.GetByLabel("Display name").FillAsync("typed in vain");
        await page.Page.Locator("#remove-confirm").FillAsync(nodeId);
        await page.Button("Remove").ClickAsync();
        await Expect(page.Heading("My Devices")).ToBeVisibleAsync();
        await Expect(second.Heading("This node was removed")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await second.Page.ReloadAsync();
        await Expect(second.Heading("There is no such node")).ToBeVisibleAsync();
        await second.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "My Devices" }).ClickAsync();
        await Expect(second.Heading("My Devices")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Role_taken_away_should_count_for_a_page_that_is_open()
    {
        var nodeId = (await dashboard.ApprovedAsync("Still theirs")).NodeId;
        var created = await dashboard.Gateway.Http.PostAsJsonAsync("api/users", new { name = "demoted", role = "administrator", password = DashboardFixture.Password });
        var userId = (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        await using var page = await dashboard.OpenAnonymousAsync();
        await page.GoToAsync("settings/devices/" + nodeId);
        await page.SignInAsync("demoted", DashboardFixture.Password);
        await Expect(page.Heading("Permissions")).ToBeVisibleAsync();
        (await dashboard.Gateway.Http.PatchAsJsonAsync($"api/users/{userId}", new { role = "viewer" })).EnsureSuccessStatusCode();
        await Expect(page.Button("Save permissions")).ToHaveCountAsync(0);
        await Expect(Scope(page, "Input")).ToBeDisabledAsync();
        await Expect(page.Heading("Name and access")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(3840, ColorScheme.Light)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await using var node = await dashboard.OnlineAsync("A node page with a name so long that it has to be broken on any screen that fits into a hand", Scopes.NodeCommand);
        _ = node.ServeAsync(_ => new { });
        await dashboard.Gateway.ExecuteAsync(node.Token.NodeId, "screen.monitors");
        await using var page = await dashboard.OpenAsync("settings/devices/" + node.Token.NodeId, options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = colours });
        await Expect(Lines(page)).ToHaveCountAsync(1);
        await page.Page.GetByText("Revoke this node…").ClickAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
    }

    Task<DashboardPage> OpenAsync(string nodeId, string role = "administrator") => dashboard.OpenAsync("settings/devices/" + nodeId, role);

    static async Task RenameAsync(DashboardPage page, string name)
    {
        await page.Page.GetByLabel("Display name").FillAsync(name);
        await page.Button("Rename").ClickAsync();
    }

    static ILocator State(DashboardPage page) => page.Page.Locator(".sub .state");

    static ILocator Fact(DashboardPage page, string name) => page.Page.Locator($"[data-fact={name}]");

    static ILocator Lines(DashboardPage page) => page.Page.Locator("tr[data-command]");

    static ILocator Scope(DashboardPage page, string group) =>
        page.Page.Locator(".scopes .group", new PageLocatorOptions { Has = page.Page.Locator("strong", new PageLocatorOptions { HasText = group }) }).First.GetByRole(AriaRole.Checkbox);
}
