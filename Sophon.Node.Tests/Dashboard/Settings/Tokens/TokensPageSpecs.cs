using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Tokens;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class TokensPageSpecs(DashboardFixture dashboard)
{
    const string Path = "settings/tokens";

    [Fact]
    public async Task Token_should_be_shown_once_work_show_its_use_and_be_revoked()
    {
        await using var page = await dashboard.OpenAsync(Path);
        await using var second = await dashboard.OpenAsync(Path);
        await MakeAsync(page, "Token of a script", "viewer");
        var secret = (await page.Page.Locator("#new-token").TextContentAsync())!;
        Assert.StartsWith("sg_", secret, StringComparison.Ordinal);
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync("token-new");
        await Expect(Row(second, "Token of a script")).ToContainTextAsync("never", new LocatorAssertionsToContainTextOptions { Timeout = 2_000 });
        await Expect(second.Page.GetByText(secret)).ToHaveCountAsync(0);

        Assert.Equal(HttpStatusCode.OK, await UseAsync(secret, HttpMethod.Get, "api/nodes"));
        Assert.Equal(HttpStatusCode.Forbidden, await UseAsync(secret, HttpMethod.Get, "api/users"));
        await Expect(Row(second, "Token of a script")).Not.ToContainTextAsync("never");

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Done" }).ClickAsync();
        await Expect(page.Page.GetByText(secret)).ToHaveCountAsync(0);
        await page.Page.ReloadAsync();
        await Expect(Row(page, "Token of a script")).ToBeVisibleAsync();
        Assert.DoesNotContain(secret.Split('.')[1], await page.Page.ContentAsync(), StringComparison.Ordinal);

        await Row(page, "Token of a script").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Revoke", Exact = true }).ClickAsync();
        await Row(page, "Token of a script").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "for good" }).ClickAsync();
        await Expect(Row(second, "Token of a script")).ToContainTextAsync("Revoked", new LocatorAssertionsToContainTextOptions { Timeout = 2_000 });
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(secret, HttpMethod.Get, "api/nodes"));
    }

    [Fact]
    public async Task Token_for_one_node_should_reach_no_other()
    {
        var one = await dashboard.ApprovedAsync("Token node one", Scopes.SystemInfo);
        var other = await dashboard.ApprovedAsync("Token node two", Scopes.SystemInfo);
        await using var page = await dashboard.OpenAsync(Path);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New token" }).ClickAsync();
        await page.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Token for one");
        await page.Page.GetByLabel("Node", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(one.NodeId);
        await Expect(page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Token node one" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the token" }).ClickAsync();
        var secret = (await page.Page.Locator("#new-token").TextContentAsync())!;
        await Expect(Row(page, "Token for one")).ToContainTextAsync("Token node one");
        Assert.Equal(HttpStatusCode.OK, await UseAsync(secret, HttpMethod.Get, $"api/nodes/{one.NodeId}"));
        Assert.NotEqual(HttpStatusCode.OK, await UseAsync(secret, HttpMethod.Get, $"api/nodes/{other.NodeId}"));
    }

    [Fact]
    public async Task Name_that_is_none_should_get_a_sentence()
    {
        await using var page = await dashboard.OpenAsync(Path);
        await MakeAsync(page, "   ", "viewer");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("name takes one line of 1 to 100 characters");
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("viewer")]
    public async Task Others_should_be_refused(string role)
    {
        await using var page = await dashboard.OpenAsync(Path, role);
        await Expect(page.Page.GetByText("Your role does not cover that page.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await using var page = await dashboard.OpenAsync(Path, options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours });
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New token" }).ClickAsync();
        await Expect(page.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true })).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"tokens-{width}-{colours}");
    }

    async Task<HttpStatusCode> UseAsync(string secret, HttpMethod method, string path)
    {
        using var http = new HttpClient { BaseAddress = dashboard.Gateway.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return (await http.SendAsync(new HttpRequestMessage(method, path))).StatusCode;
    }

    static async Task MakeAsync(DashboardPage page, string name, string role)
    {
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New token" }).ClickAsync();
        await page.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await page.Page.GetByLabel("Role", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = role });
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the token" }).ClickAsync();
    }

    static ILocator Row(DashboardPage page, string token) => page.Page.Locator("tr[data-token]", new PageLocatorOptions { HasText = token });
}
