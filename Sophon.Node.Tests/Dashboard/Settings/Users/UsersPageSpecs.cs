using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Settings.Users;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class UsersPageSpecs(DashboardFixture dashboard)
{
    const string Path = "settings/users";

    [Fact]
    public async Task User_should_be_added_seen_by_others_and_able_to_sign_in()
    {
        await using var page = await dashboard.OpenAsync(Path);
        await using var second = await dashboard.OpenAsync(Path);
        await AddAsync(page, "user-new", "operator", DashboardFixture.Password);
        await Expect(Row(second, "user-new")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 2_000 });
        await Expect(page.Page.GetByText("user-new can sign in as operator.")).ToBeVisibleAsync();
        await using var theirs = await dashboard.SignInAsync("user-new", "console");
        await Expect(theirs.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Console" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Has Spaces", DashboardFixture.Password, "A user name takes 1 to 64 letters")]
    [InlineData("<script>", DashboardFixture.Password, "A user name takes 1 to 64 letters")]
    [InlineData("viewer", DashboardFixture.Password, "There is a user viewer already")]
    [InlineData("user-short", "short", "A password takes 10 to 200 characters")]
    public async Task Bad_input_should_get_a_sentence_and_keep_the_form(string name, string password, string sentence)
    {
        await using var page = await dashboard.OpenAsync(Path);
        await AddAsync(page, name, "viewer", password);
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(sentence);
        await Expect(page.Page.GetByLabel("User name")).ToHaveValueAsync(name);
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Role_and_disabling_should_count_in_open_sessions_at_once()
    {
        await dashboard.AddUserAsync("user-changed", "viewer");
        await using var theirs = await dashboard.SignInAsync("user-changed", "settings/devices");
        await using var page = await dashboard.OpenAsync(Path);
        await Expect(theirs.Page.Locator("nav").GetByText("Console")).ToHaveCountAsync(0);
        await page.Page.GetByLabel("Role of user-changed").SelectOptionAsync("Operator");
        await Expect(theirs.Page.Locator("nav").GetByText("Console")).ToBeVisibleAsync();
        await Row(page, "user-changed").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Disable" }).ClickAsync();
        await Expect(Row(page, "user-changed")).ToContainTextAsync("Disabled");
        await Expect(theirs.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        await theirs.SignInAsync("user-changed", DashboardFixture.Password);
        await Expect(theirs.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Row(page, "user-changed").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Enable" }).ClickAsync();
        await Expect(Row(page, "user-changed")).ToContainTextAsync("May sign in");
    }

    [Fact]
    public async Task Password_should_be_reset_and_the_old_sessions_end()
    {
        const string password = "another long password";
        await dashboard.AddUserAsync("user-reset", "viewer");
        await using var theirs = await dashboard.SignInAsync("user-reset", "settings/devices");
        await using var page = await dashboard.OpenAsync(Path);
        await Row(page, "user-reset").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reset password" }).ClickAsync();
        await page.Page.GetByLabel("New password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await page.ShouldBeAccessibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set password", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByText("user-reset has a new password")).ToBeVisibleAsync();
        await Expect(theirs.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        await using var again = await dashboard.SignInAsync("user-reset", "settings/devices", password);
    }

    [Fact]
    public async Task Last_administrator_should_stay_one()
    {
        await using var page = await dashboard.OpenAsync(Path);
        await page.Page.GetByLabel("Role of administrator").SelectOptionAsync("Viewer");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("administrator is the last administrator who can sign in");
        await Expect(page.Page.GetByLabel("Role of administrator")).ToHaveValueAsync("Administrator");
        await Row(page, "administrator").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Disable" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("lastAdministrator");
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
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add user" }).ClickAsync();
        await Expect(page.Page.GetByLabel("User name")).ToBeVisibleAsync();
        await Expect(Row(page, "viewer")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"users-{width}-{colours}");
    }

    static async Task AddAsync(DashboardPage page, string name, string role, string password)
    {
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add user" }).ClickAsync();
        await page.Page.GetByLabel("User name").FillAsync(name);
        await page.Page.GetByLabel("Role", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = role });
        await page.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add", Exact = true }).ClickAsync();
    }

    static ILocator Row(DashboardPage page, string user) => page.Page.Locator($"tr[data-user={user}]");
}
