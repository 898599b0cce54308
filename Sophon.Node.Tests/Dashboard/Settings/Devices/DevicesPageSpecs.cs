using Microsoft.Playwright;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class DevicesPageSpecs(DashboardFixture dashboard)
{
    const string Path = "settings/devices";
    static readonly LocatorAssertionsToContainTextOptions WithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Every_state_should_be_said_in_words()
    {
        await dashboard.Gateway.RegisterAsync("State waiting");
        await dashboard.PendingAsync("State pending");
        var rejected = await dashboard.PendingAsync("State rejected");
        await PostAsync(rejected.NodeId, "reject");
        await dashboard.ApprovedAsync("State approved");
        await PostAsync((await dashboard.ApprovedAsync("State revoked")).NodeId, "revoke");
        await using var online = await dashboard.OnlineAsync("State online");
        await (await dashboard.OnlineAsync("State offline")).DisposeAsync();

        await using var page = await dashboard.OpenAsync(Path);
        await SearchAsync(page, "State ");
        foreach (var state in new[] { "Waiting", "Pending", "Rejected", "Approved", "Revoked", "Online", "Offline" })
            await Expect(Row(page, "State " + state.ToLowerInvariant()).Locator(".state")).ToHaveTextAsync(state);
        await Expect(Row(page, "State online")).ToContainTextAsync("Active");
        await Expect(Row(page, "State online")).ToContainTextAsync("1.0.0");
        await Expect(Row(page, "State offline")).ToContainTextAsync("last seen");
        await Expect(Row(page, "State pending").Locator(".code")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[A-Z]{3}-[0-9]{3}$"));
    }

    [Fact]
    public async Task Changes_should_reach_every_open_browser_within_two_seconds()
    {
        await dashboard.Gateway.RegisterAsync("There before");
        await using var first = await dashboard.OpenAsync(Path);
        await using var second = await dashboard.OpenAsync(Path, "viewer");
        // Only the rows in sight are in the page, and other specs have theirs.
        foreach (var page in new[] { first, second }) await SearchAsync(page, "Live one");

        var node = await dashboard.Gateway.RegisterAsync("Live one");
        foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToContainTextAsync("Waiting", WithinTwoSeconds);
        await dashboard.PollAsync(node);
        foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToContainTextAsync("Pending", WithinTwoSeconds);
        await dashboard.Gateway.ApproveAsync(node.NodeId);
        foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToContainTextAsync("Approved", WithinTwoSeconds);

        Assert.True(Sophon.Node.Protocol.Pairing.NodeToken.TryParse((await dashboard.PollAsync(node)).Token, out var token));
        await using (var machine = new FakeNode(dashboard.Gateway.Url, token))
        {
            await machine.Hub.StartAsync();
            await machine.BeatAsync();
            foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToContainTextAsync("Online", WithinTwoSeconds);
        }

        foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToContainTextAsync("Offline", WithinTwoSeconds);
        await dashboard.Gateway.Http.DeleteAsync($"api/nodes/{node.NodeId}");
        foreach (var page in new[] { first, second }) await Expect(Row(page, "Live one")).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 2_000 });
    }

    [Fact]
    public async Task Search_and_filter_should_narrow_the_list_and_say_when_nothing_is_left()
    {
        await dashboard.Gateway.RegisterAsync("Needle waiting");
        await dashboard.PendingAsync("Needle pending");
        await using var page = await dashboard.OpenAsync(Path);

        await SearchAsync(page, "nEEdle");
        await Expect(page.Page.Locator("tr[data-node]")).ToHaveCountAsync(2);
        var pending = page.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Filter by state" }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Pending" });
        await pending.ClickAsync();
        await Expect(pending).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.Locator("tr[data-node]")).ToHaveCountAsync(1);
        await Expect(Row(page, "Needle pending")).ToBeVisibleAsync();

        await SearchAsync(page, "no such machine anywhere");
        await Expect(page.Page.GetByText("No device matches.")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^Show all") }).ClickAsync();
        await Expect(page.Page.Locator("tr[data-node]").First).ToBeVisibleAsync();
        await Expect(page.Page.GetByLabel("Search devices")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Name_of_script_tags_should_be_nothing_but_a_name()
    {
        const string hostile = "<script>document.title='owned'</script><img src=x onerror=alert(17)>";
        await dashboard.Gateway.RegisterAsync(hostile);
        await using var page = await dashboard.OpenAsync(Path);
        await SearchAsync(page, "alert(17)");
        await Expect(page.Page.Locator("tr[data-node]")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("tr[data-node] .title")).ToHaveTextAsync(hostile);
        await Expect(page.Page).ToHaveTitleAsync("My Devices · Sophon Gateway");
    }

    [Theory]
    [InlineData(380, 800, ColorScheme.Light)]
    [InlineData(380, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(3840, 2160, ColorScheme.Light)]
    public async Task Page_should_fit_and_be_accessible(int width, int height, ColorScheme colours)
    {
        await dashboard.PendingAsync("A display name so long that it has to be broken or cut on any screen that a person holds in one hand");
        await using var page = await dashboard.OpenAsync(Path, options: new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
        });
        await Expect(page.Page.Locator("tr[data-node]").First).ToBeVisibleAsync();
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.ShouldBeAccessibleAsync();
    }

    static ILocator Row(DashboardPage page, string name) => page.Page.Locator("tr[data-node]", new PageLocatorOptions { HasText = name });

    static Task SearchAsync(DashboardPage page, string text) => page.Page.GetByLabel("Search devices").FillAsync(text);

    async Task PostAsync(string nodeId, string verb) =>
        (await dashboard.Gateway.Http.PostAsync($"api/nodes/{nodeId}/{verb}", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
}
