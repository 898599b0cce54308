using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Audit;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class AuditPageSpecs(DashboardFixture dashboard)
{
    [Fact]
    public async Task What_is_done_should_appear_at_once_be_found_and_be_exported()
    {
        await using var page = await dashboard.OpenAsync("audit");
        var node = await dashboard.PendingAsync("Audit one");
        await dashboard.Gateway.ApproveAsync(node.NodeId);
        var row = page.Page.Locator("tr[data-line]", new PageLocatorOptions { HasText = "Audit one" });
        await Expect(row.Filter(new LocatorFilterOptions { HasText = "nodeApproved" })).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 2_000 });

        await page.Page.GetByLabel("Node id").FillAsync(node.NodeId);
        await page.Page.GetByLabel("Node id").PressAsync("Tab");
        await Expect(page.Page.Locator("tr[data-line]")).ToHaveCountAsync(2);
        await page.Page.GetByLabel("Action").SelectOptionAsync("nodeRegistered");
        await Expect(page.Page.Locator("tr[data-line]")).ToHaveCountAsync(1);
        await page.ShouldBeAccessibleAsync();

        foreach (var (link, part) in new[] { ("Export CSV", "nodeRegistered"), ("Export JSON", "\"nodeRegistered\"") })
        {
            var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link }).ClickAsync());
            var text = await File.ReadAllTextAsync(await download.PathAsync());
            Assert.Contains(part, text, StringComparison.Ordinal);
            Assert.Contains(node.NodeId, text, StringComparison.Ordinal);
            Assert.DoesNotContain("nodeApproved", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Older_lines_should_come_when_they_are_asked_for()
    {
        for (var i = 0; i < 110; i++) await dashboard.Gateway.RegisterAsync($"Audit many {i}");
        await using var page = await dashboard.OpenAsync("audit?action=nodeRegistered");
        await Expect(page.Page.Locator("tr[data-line]")).ToHaveCountAsync(100);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Older" }).ClickAsync();
        await Expect(page.Page.Locator("tr[data-line]").Nth(105)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("viewer")]
    public async Task Others_should_be_refused(string role)
    {
        await using var page = await dashboard.OpenAsync("audit", role);
        await Expect(page.Page.GetByText("Your role does not cover that page.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await dashboard.Gateway.RegisterAsync("Audit fit");
        await using var page = await dashboard.OpenAsync("audit", options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours });
        await Expect(page.Page.Locator("tr[data-line]").First).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"audit-{width}-{colours}");
    }
}
