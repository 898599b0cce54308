using System.Net.Http.Json;
using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Sophon.Node.Tests.Support.Programs;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Account;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class SessionSpecs(DashboardFixture dashboard)
{
    [Fact]
    public async Task First_administrator_should_be_made_in_the_browser_with_the_consoles_code()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        var code = gateway.Process.Output.Split('\n').First(line => line.StartsWith("Setup code:", StringComparison.Ordinal))["Setup code:".Length..].Trim().Split(' ')[0];
        await using var page = await DashboardPage.OpenAsync(dashboard.Chromium.Browser, gateway.Url);
        await page.GoToAsync("");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Set up the administrator" }).ClickAsync();
        await page.ShouldBeAccessibleAsync();

        await FillAsync("Setup code", "AAAA-AAAA-AAAA");
        await SubmitAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The setup code is wrong.");
        await FillAsync("Setup code", code);
        await SubmitAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the Dashboard" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "No devices yet" })).ToBeVisibleAsync();

        await page.GoToAsync("setup");
        await Expect(page.Page.GetByText("This Gateway has an administrator already.")).ToBeVisibleAsync();

        Task FillAsync(string label, string text) => page.Page.GetByLabel(label).FillAsync(text);
        async Task SubmitAsync()
        {
            await FillAsync("User name", "ada");
            await page.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(DashboardFixture.Password);
            await FillAsync("Password, again", DashboardFixture.Password);
            await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create the administrator" }).ClickAsync();
        }
    }

    [Fact]
    public async Task Wrong_password_should_be_said_and_the_way_back_be_kept()
    {
        await using var page = await dashboard.OpenAnonymousAsync();
        await page.GoToAsync("settings/devices");
        await page.SignInAsync("viewer", "not the password");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("User name or password is wrong.");
        await page.ShouldBeAccessibleAsync();
        await page.SignInAsync("viewer", DashboardFixture.Password);
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Gateway.Url, "settings/devices").ToString());
    }

    [Fact]
    public async Task Sign_out_should_end_the_session()
    {
        await using var page = await SignedInAsync("leaver");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out.");
        await page.GoToAsync("settings/devices");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Open_page_should_end_with_the_account()
    {
        await using var page = await SignedInAsync("disabled");
        var users = await dashboard.Gateway.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("api/users");
        var id = users.EnumerateArray().Single(user => user.GetProperty("name").GetString() == "disabled").GetProperty("id").GetString();
        (await dashboard.Gateway.Http.PatchAsJsonAsync($"api/users/{id}", new { disabled = true })).EnsureSuccessStatusCode();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You were signed out");
    }

    async Task<DashboardPage> SignedInAsync(string name)
    {
        (await dashboard.Gateway.Http.PostAsJsonAsync("api/users", new { name, role = "viewer", password = DashboardFixture.Password })).EnsureSuccessStatusCode();
        var page = await dashboard.OpenAnonymousAsync();
        await page.GoToAsync("settings/devices");
        await page.SignInAsync(name, DashboardFixture.Password);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "My Devices" })).ToBeVisibleAsync();
        return page;
    }
}
