using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.NodeDetails;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class ApprovalPanelSpecs(DashboardFixture dashboard)
{
    const string Title = "A machine asks to be this node";
    static readonly LocatorAssertionsToBeVisibleOptions VisibleWithinTwoSeconds = new() { Timeout = 2_000 };
    static readonly LocatorAssertionsToContainTextOptions SaidWithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Machine_should_appear_by_itself_and_get_what_was_ticked()
    {
        var node = await dashboard.Gateway.RegisterAsync("To approve");
        await using var page = await OpenAsync(node.NodeId);
        await using var second = await dashboard.OpenAsync("settings/devices/" + node.NodeId, "viewer");
        await Expect(page.Heading("New pairing credentials")).ToBeVisibleAsync();

        await dashboard.PollAsync(node);
        await Expect(page.Heading(Title)).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await Expect(page.Page.Locator("[data-pairing-code]")).ToHaveTextAsync(node.PairingCode);
        var panel = page.Page.Locator(".approval");
        foreach (var fact in new[] { "Compare the code", "desk-7", "ada", "Debian GNU/Linux 12", "127.0.0.1", "On an unlocked desktop, input can do whatever the person there can" })
            await Expect(panel).ToContainTextAsync(fact);
        foreach (var (group, ticked) in new[] { ("Screen", true), ("Input", false), ("System info", true), ("System execute", false), ("Notifications", true), ("Full access", false) })
            await Expect(Scope(page, group)).ToBeCheckedAsync(new LocatorAssertionsToBeCheckedOptions { Checked = ticked });
        foreach (var reserved in new[] { "Files", "Voice", "Browser" }) await Expect(Scope(page, reserved)).ToBeDisabledAsync();
        await Group(page, "Input").Locator("summary").ClickAsync();
        await Expect(Group(page, "Input")).ToContainTextAsync("input.mouse.click risk medium");

        await Scope(page, "Input").CheckAsync();
        await Scope(page, "Notifications").UncheckAsync();
        await page.Page.GetByLabel("Label").FillAsync("Approved as this");
        await page.Button("Approve").ClickAsync();
        await Expect(second.Page.Locator(".sub .state")).ToHaveTextAsync("Approved", new LocatorAssertionsToHaveTextOptions { Timeout = 2_000 });
        await Expect(page.Heading("Approved: now start the Node")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("h1 .title")).ToHaveTextAsync("Approved as this");
        await Expect(page.Page.Locator(".note")).ToHaveCountAsync(0);
        Assert.Equal(PairStatus.Approved, (await dashboard.PollAsync(node)).Status);
        Assert.Equal(["input.control", "screen.capture", "system.info"], await ScopesAsync(node.NodeId));
    }

    [Fact]
    public async Task Rejected_machine_should_be_told_the_reason()
    {
        var node = await dashboard.PendingAsync("To reject");
        await using var page = await OpenAsync(node.NodeId);
        await page.Button("Reject…").ClickAsync();
        await page.Page.GetByLabel("Reason").FillAsync("Not our machine");
        await page.Button("Reject this machine").ClickAsync();
        await Expect(page.Page.Locator(".sub .state")).ToHaveTextAsync("Rejected");
        await Expect(page.Page.GetByText("This machine was rejected: Not our machine")).ToBeVisibleAsync();
        var answer = await dashboard.PollAsync(node);
        Assert.Equal((PairStatus.Rejected, "Not our machine"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task Second_of_two_who_approve_at_once_should_be_told()
    {
        var node = await dashboard.PendingAsync("Approved twice");
        await using var first = await OpenAsync(node.NodeId);
        await using var second = await OpenAsync(node.NodeId);
        await Scope(first, "Input").CheckAsync();
        await Scope(second, "Clipboard").CheckAsync();
        await Task.WhenAll(first.Button("Approve").ClickAsync(), second.Button("Approve").ClickAsync());

        foreach (var page in new[] { first, second }) await Expect(page.Heading("Approved: now start the Node")).ToBeVisibleAsync();
        await Support.Eventually.TrueAsync(async () => await first.Page.Locator(".note").CountAsync() + await second.Page.Locator(".note").CountAsync() == 1, "exactly one of the two is told");
        var loser = await first.Page.Locator(".note").CountAsync() == 1 ? first : second;
        await Expect(loser.Page.Locator(".note")).ToContainTextAsync("approved");
        Assert.Equal(["notify.send", "screen.capture", "system.info", loser == first ? "clipboard.access" : "input.control"],
            (await ScopesAsync(node.NodeId)).OrderBy(scope => scope is "clipboard.access" or "input.control"));
    }

    [Fact]
    public async Task Approval_elsewhere_should_take_the_open_panel_away_with_a_sentence()
    {
        var node = await dashboard.PendingAsync("Approved elsewhere");
        await using var page = await OpenAsync(node.NodeId);
        await dashboard.Gateway.ApproveAsync(node.NodeId, "screen.capture");
        await Expect(page.Page.GetByText("Somebody else approved this node a moment ago")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await Expect(page.Heading(Title)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Facts_that_changed_should_not_be_approved_unseen()
    {
        var node = await dashboard.PendingAsync("Changes its facts");
        await using var page = await OpenAsync(node.NodeId);
        await dashboard.PollAsync(node, hostName: "another-host");
        await Expect(page.Page.GetByText("has changed since you looked")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await page.Button("Approve").ClickAsync();
        await Expect(page.Page.GetByText("What the machine says of itself changed since it was looked at")).ToBeVisibleAsync();
        Assert.Equal("pending", await dashboard.Gateway.StateOfAsync(node.NodeId));
        await page.Button("Show what it says now").ClickAsync();
        await Expect(page.Page.Locator(".approval")).ToContainTextAsync("another-host");
        await page.Button("Approve").ClickAsync();
        await Expect(page.Page.Locator(".sub .state")).ToHaveTextAsync("Approved");
    }

    [Fact]
    public async Task Second_claimant_should_be_warned_of()
    {
        var node = await dashboard.PendingAsync("Claimed twice");
        await using var page = await OpenAsync(node.NodeId);
        Assert.Equal(PairStatus.Rejected, (await dashboard.PollAsync(node, nonce: "somebody else")).Status);
        await Expect(page.Page.Locator(".approval .note.error")).ToContainTextAsync("Somebody else presented this pairing secret", SaidWithinTwoSeconds);
    }

    [Fact]
    public async Task Secret_made_anew_should_end_the_old_one_and_be_said_to_who_shows_it()
    {
        await using var page = await dashboard.OpenAsync("settings/devices/add");
        await page.Page.GetByLabel("Display name").FillAsync("Made anew");
        await page.Page.Locator(".choice").First.ClickAsync();
        await page.Button("Generate Pairing Credentials").ClickAsync();
        var command = (await page.Page.Locator("#pair-command").TextContentAsync())!.Split(' ');
        var old = new Support.Programs.GatewayProgram.Registration(command[5], command[7], "", default, "");
        await dashboard.PollAsync(old);
        await Expect(page.Heading(Title)).ToBeVisibleAsync(VisibleWithinTwoSeconds);

        (await dashboard.Gateway.Http.PostAsync($"api/nodes/{old.NodeId}/regenerate", null)).EnsureSuccessStatusCode();
        await Expect(page.Page.GetByText("New pairing credentials were made elsewhere")).ToBeVisibleAsync(VisibleWithinTwoSeconds);
        await Expect(page.Page.Locator("#pair-command")).ToHaveCountAsync(0);
        Assert.Equal(PairStatus.Expired, (await dashboard.PollAsync(old)).Status);
    }

    [Fact]
    public async Task Operator_should_see_who_asks_for_but_not_decide()
    {
        var node = await dashboard.PendingAsync("Not theirs to approve");
        await using var page = await dashboard.OpenAsync("settings/devices/" + node.NodeId, "operator");
        await Expect(page.Page.GetByText("An administrator has to approve this machine")).ToBeVisibleAsync();
        await Expect(page.Button("Approve")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Panel_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        var node = await dashboard.PendingAsync("An approval with a name so long that it has to be broken on any screen that fits into a hand");
        await dashboard.PollAsync(node, nonce: "somebody else");
        await using var page = await dashboard.OpenAsync("settings/devices/" + node.NodeId, options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = colours });
        await Expect(page.Heading(Title)).ToBeVisibleAsync();
        await Group(page, "System execute").Locator("summary").ClickAsync();
        await Scope(page, "Full access").CheckAsync();
        await page.Button("Reject…").ClickAsync();
        await Expect(page.Page.GetByLabel("Reason")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
    }

    async Task<DashboardPage> OpenAsync(string nodeId) => await dashboard.OpenAsync("settings/devices/" + nodeId);

    async Task<IEnumerable<string>> ScopesAsync(string nodeId) =>
        (await dashboard.Gateway.Http.GetFromJsonAsync<JsonNode>("api/nodes/" + nodeId))!["scopes"]!.AsArray().Select(scope => (string)scope!);

    static ILocator Group(DashboardPage page, string name) => page.Page.Locator(".scopes .group", new PageLocatorOptions { Has = page.Page.Locator("strong", new PageLocatorOptions { HasText = name }) }).First;

    static ILocator Scope(DashboardPage page, string name) => Group(page, name).GetByRole(AriaRole.Checkbox);
}
