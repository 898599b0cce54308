using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Layout;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class ShellSpecs(DashboardFixture dashboard)
{
    [Fact]
    public async Task Address_in_a_browser_should_say_that_it_is_a_gateway_and_lead_into_the_dashboard()
    {
        await using var page = await dashboard.OpenAnonymousAsync();
        await page.GoToAsync("");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sophon Gateway" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByText($"sophon-node pair --gateway {dashboard.Gateway.Url.ToString().TrimEnd('/')}")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the Dashboard" }).ClickAsync();
        await page.SignInAsync("viewer", DashboardFixture.Password);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "My Devices" })).ToBeVisibleAsync();
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Gateway.Url, "settings/devices").ToString());
    }

    [Fact]
    public async Task Colours_should_follow_the_toggle_and_be_remembered()
    {
        await using var page = await dashboard.OpenAsync("settings/devices", options: new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        var light = await GroundAsync(page);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch between light and dark" }).ClickAsync();
        var dark = await GroundAsync(page);
        Assert.NotEqual(light, dark);
        await page.Page.ReloadAsync();
        Assert.Equal(dark, await GroundAsync(page));
    }

    [Fact]
    public async Task Keyboard_alone_should_reach_the_content_first_and_then_everything()
    {
        await using var page = await dashboard.OpenAsync("settings/devices");
        // The page gives the focus to its heading; a person who begins anew begins at the top.
        await Expect(page.Page.Locator("h1")).ToBeFocusedAsync();
        await page.Page.Locator("body").EvaluateAsync("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("main")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.NotEqual("none", await page.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Fact]
    public async Task Lost_connection_should_be_said_and_mend_itself()
    {
        await dashboard.Gateway.RegisterAsync("Before the gap");
        await using var page = await dashboard.OpenAsync("settings/devices");
        page.Expect("net::ERR_");
        page.Expect("Z] Warning: "); // Blazor's own log of its attempts
        page.Expect("Z] Error: ");
        await page.Page.GetByLabel("Search devices").FillAsync("After the gap");
        var dialog = page.Page.Locator("#components-reconnect-modal");
        await Expect(dialog).ToBeHiddenAsync();

        await page.SetOfflineAsync(true);
        await page.Page.EvaluateAsync("Blazor._internal.forceCloseConnection()");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("Connection lost.");

        await page.SetOfflineAsync(false);
        await Expect(dialog).ToBeHiddenAsync();
        await dashboard.Gateway.RegisterAsync("After the gap");
        await Expect(page.Page.Locator("tr[data-node]", new PageLocatorOptions { HasText = "After the gap" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Wrong_address_should_answer_a_page()
    {
        await using var page = await dashboard.OpenAnonymousAsync();
        page.Expect("404");
        await page.GoToAsync("no/such/page");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "There is no such page" })).ToBeVisibleAsync();
    }

    static Task<string> GroundAsync(DashboardPage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
