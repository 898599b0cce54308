using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.Add;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed partial class AddNodePageSpecs(DashboardFixture dashboard)
{
    const string Path = "settings/devices/add";

    [Fact]
    public async Task Credentials_should_be_shown_once_ready_to_copy_and_be_made_anew()
    {
        await dashboard.Gateway.RegisterAsync("There before");
        await using var other = await dashboard.OpenAsync("settings/devices", "viewer");
        await other.Page.GetByLabel("Search devices").FillAsync("Added by hand");
        await using var page = await dashboard.OpenAsync("settings/devices", options: new BrowserNewContextOptions { Permissions = ["clipboard-read", "clipboard-write"] });
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add Node" }).ClickAsync();
        await FillAsync(page, "Added by hand", "Windows");
        await page.Button("Generate Pairing Credentials").ClickAsync();

        await Expect(page.Heading("Pair the machine")).ToBeVisibleAsync();
        var command = await page.Page.Locator("#pair-command").TextContentAsync() ?? "";
        var parts = Command().Match(command);
        Assert.True(parts.Success, command);
        Assert.Equal(dashboard.Gateway.Url.ToString().TrimEnd('/'), parts.Groups[1].Value);
        Assert.EndsWith("settings/devices/" + parts.Groups[2].Value, page.Page.Url, StringComparison.Ordinal);
        await Expect(page.Page.Locator("[data-pairing-code]")).ToHaveTextAsync(new Regex("^[A-Z]{3}-[0-9]{3}$"));
        await Expect(page.Page.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("^14:[0-5][0-9]$"));
        await Expect(page.Page.GetByText("The secret is shown once.")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("PowerShell")).ToBeVisibleAsync();
        await Expect(other.Page.Locator("tr[data-node]", new PageLocatorOptions { HasText = "Added by hand" })).ToContainTextAsync("Waiting", new LocatorAssertionsToContainTextOptions { Timeout = 2_000 });

        await page.Button("Copy").ClickAsync();
        await Expect(page.Page.Locator("[data-copied=Copied]")).ToBeVisibleAsync();
        Assert.Equal(command, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await page.Page.ReloadAsync();
        await Expect(page.Heading("New pairing credentials")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#pair-command")).ToHaveCountAsync(0);
        await page.Button("Make new credentials").ClickAsync();
        var second = Command().Match(await page.Page.Locator("#pair-command").TextContentAsync() ?? "");
        Assert.Equal(parts.Groups[2].Value, second.Groups[2].Value);
        Assert.NotEqual(parts.Groups[3].Value, second.Groups[3].Value);
    }

    [Fact]
    public async Task Wrong_input_should_be_said_and_stay_in_the_form()
    {
        await using var page = await dashboard.OpenAsync(Path);
        var alert = page.Page.GetByRole(AriaRole.Alert).First;
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(alert).ToContainTextAsync("The display name is missing");

        var long10 = new string('x', 10 * 1024);
        await FillAsync(page, long10, "Linux");
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(alert).ToContainTextAsync("The display name has 10240 characters; it takes 1 to 200.");
        await Expect(page.Page.GetByLabel("Display name")).ToHaveValueAsync(long10);

        await using var fresh = await dashboard.OpenAsync(Path);
        await fresh.Page.GetByLabel("Display name").FillAsync("No platform");
        await fresh.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(fresh.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("platform takes");
    }

    [Fact]
    public async Task Name_that_is_taken_should_be_said_and_allowed()
    {
        var node = await dashboard.Gateway.RegisterAsync("Twin");
        await using var page = await dashboard.OpenAsync(Path);
        await FillAsync(page, "tWIN", "Linux");
        await Expect(page.Page.GetByText("There is a device of this name already")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = node.NodeId })).ToBeVisibleAsync();
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(page.Heading("Pair the machine")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Name_of_script_tags_should_be_nothing_but_a_name()
    {
        const string hostile = "<script>document.title='owned'</script><img src=x onerror=alert(1)>'\"&amp;";
        await using var page = await dashboard.OpenAsync(Path);
        await FillAsync(page, hostile, "Linux");
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(page.Page.Locator("h1 .title")).ToHaveTextAsync(hostile);
        await Expect(page.Page).ToHaveTitleAsync(hostile + " · Sophon Gateway");
    }

    [Fact]
    public async Task Form_should_outlive_a_lost_connection_and_a_restart_of_the_gateway()
    {
        await using var page = await dashboard.OpenAsync(Path);
        page.Expect("net::ERR_");
        page.Expect("WebSocket");
        page.Expect("Z] Warning: "); // Blazor's own log of its attempts
        page.Expect("Z] Error: ");
        page.Expect("Failed to load resource"); // "Retry" while nobody listens
        await FillAsync(page, "Kept over a gap", "macOS");
        await page.SetOfflineAsync(true);
        await page.Page.EvaluateAsync("Blazor._internal.forceCloseConnection()");
        await Expect(page.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await page.SetOfflineAsync(false);
        await Expect(page.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await ShouldBeKeptAsync();

        var loaded = new TaskCompletionSource();
        page.Page.DOMContentLoaded += (_, _) => loaded.TrySetResult();
        await dashboard.Gateway.KillAsync();
        await dashboard.Gateway.StartAsync();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await page.LiveAsync();
        await ShouldBeKeptAsync();
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(page.Page.Locator("h1 .title")).ToHaveTextAsync("Kept over a gap");
        await Expect(page.Page.GetByText("Terminal, as the user")).ToBeVisibleAsync();

        async Task ShouldBeKeptAsync()
        {
            await Expect(page.Page.GetByLabel("Display name")).ToHaveValueAsync("Kept over a gap");
            await Expect(page.Page.GetByLabel("macOS").First).ToBeCheckedAsync();
        }
    }

    [Fact]
    public async Task Role_that_does_not_manage_should_neither_be_offered_nor_given_the_page()
    {
        await using var page = await dashboard.OpenAsync("settings/devices", "operator");
        await Expect(page.Heading("My Devices")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add Node" })).ToHaveCountAsync(0);
        await page.GoToAsync(Path);
        await Expect(page.Page.GetByText("Your role does not cover that page.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await dashboard.Gateway.RegisterAsync("Accessible twin");
        await using var page = await dashboard.OpenAsync(Path, options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = colours });
        await page.Page.GetByLabel("Display name").FillAsync("Accessible twin");
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(page.Page.GetByText("platform takes")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await FillAsync(page, "Accessible", "Linux");
        await page.Button("Generate Pairing Credentials").ClickAsync();
        await Expect(page.Heading("Pair the machine")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
    }

    static async Task FillAsync(DashboardPage page, string name, string platform)
    {
        await page.Page.GetByLabel("Display name").FillAsync(name);
        await page.Page.Locator(".choice", new PageLocatorOptions { HasText = platform }).ClickAsync();
    }

    [GeneratedRegex(@"^sophon-node pair --gateway (\S+) --node-id (\S+) --secret (s_\S+)$")]
    private static partial Regex Command();
}
