using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Support.Browser;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.LiveView;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class LiveViewPageSpecs(DashboardFixture dashboard)
{
    [Fact]
    public async Task Real_screen_should_be_captured_in_the_console_and_be_seen_and_clicked_live()
    {
        await using var server = await XvfbServer.StartAsync();
        await server.RunAsync("xsetroot", "-solid", "#336699");
        await using var machine = new NodeProgram(server.Display);
        await machine.ConfigureAsync();
        await machine.PairAsync(dashboard.Gateway, Scopes.ScreenCapture, Scopes.InputControl);
        await machine.StartAsync();

        await using var console = await dashboard.OpenAsync($"console?node={machine.NodeId}&command=screen.capture", "operator");
        await console.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run", Exact = true }).ClickAsync();
        await Expect(console.Page.Locator("article.run img")).ToHaveJSPropertyAsync("naturalWidth", 1280);
        await console.PictureAsync("console-screen");

        await using var page = await dashboard.OpenAsync($"live-view/{machine.NodeId}", "operator");
        await using var watching = await dashboard.OpenAsync($"live-view/{machine.NodeId}", "viewer");
        foreach (var each in new[] { page, watching })
        {
            await Expect(each.Page.Locator("[data-live-status]")).ToHaveTextAsync("Live");
            each.Expect("Multiple readback operations"); // of this spec, which looks at pixels
            await PixelAsync(each, 100, 100, IsBlue); // the pointer is in the middle
        }

        await Expect(page.Page.Locator("[data-live-latency]")).ToHaveTextAsync(new Regex("^[0-9]+ ms$"));
        await Expect(page.Page.Locator("[data-live-frames]")).ToHaveTextAsync(new Regex("^[0-9.]+ / s$"));
        await page.ShouldBeAccessibleAsync();

        // What was clicked answers by another colour.
        await using var witness = await ClickWitness.StartAsync(server);
        var scale = await page.Page.EvaluateAsync<double>("() => document.querySelector('canvas').getBoundingClientRect().width / 1280");
        await page.Page.Locator("canvas").ClickAsync(new LocatorClickOptions { Position = new Position { X = (float)(300 * scale), Y = (float)(200 * scale) } });
        var press = (await witness.WaitForAsync(2)).First(seen => seen.Pressed);
        Assert.Equal(1, press.Button);
        Assert.InRange(press.X, 298, 302);
        Assert.InRange(press.Y, 198, 202);
        await server.RunAsync("xsetroot", "-solid", "#993366");
        foreach (var each in new[] { page, watching }) await PixelAsync(each, 100, 100, "r > b");
        await page.PictureAsync("live-view");
        await Expect(page.Page.Locator("[data-live-input]")).ToHaveTextAsync(new Regex("^[0-9]+ ms$"));
    }

    [Fact]
    public async Task What_is_missing_should_be_said()
    {
        await using var dark = await dashboard.OnlineAsync("Live dark", Scopes.SystemInfo);
        await using var still = await dashboard.OnlineAsync("Live watched", Scopes.ScreenCapture);
        await using var page = await dashboard.OpenAsync($"live-view/{dark.Token.NodeId}", "operator");
        await Expect(page.Page.GetByText("Watching needs the scope screen.capture, which Live dark does not have.")).ToBeVisibleAsync();
        await page.GoToAsync($"live-view/{still.Token.NodeId}");
        await Expect(page.Page.GetByText("Clicking and typing needs the scope input.control, which Live watched does not have.")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("[data-live-status]")).ToContainTextAsync("Not supported");
        await page.ShouldBeAccessibleAsync();
        await page.GoToAsync("live-view/nosuchnode");
        await Expect(page.Page.GetByText("This node is not registered, or was removed.")).ToBeVisibleAsync();
        await page.GoToAsync("live-view");
        await Expect(page.Page.GetByText("Choose a node to see its screen.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await using var viewer = await dashboard.OpenAsync($"live-view/{still.Token.NodeId}", "viewer");
        await Expect(viewer.Page.GetByText("Your role may watch. Clicking and typing takes an operator.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await using var node = await dashboard.OnlineAsync($"Live fit {width} {colours}", Scopes.ScreenCapture, Scopes.InputControl);
        await using var page = await dashboard.OpenAsync($"live-view/{node.Token.NodeId}", options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours });
        await Expect(page.Page.Locator("canvas")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"live-view-{width}-{colours}");
    }

    /// <summary>The desktop's colour, as far as JPEG keeps it.</summary>
    const string IsBlue = "(Math.abs(r - 51) < 12 && Math.abs(g - 102) < 12 && Math.abs(b - 153) < 12)";

    /// <summary>Waits until a pixel of the picture is as said.</summary>
    /// <param name="holds">Of its r, g and b.</param>
    static async Task PixelAsync(DashboardPage page, int x, int y, string holds) => await page.Page.WaitForFunctionAsync($$"""
        () => {
          const [r, g, b] = document.querySelector("canvas").getContext("2d").getImageData({{x}}, {{y}}, 1, 1).data;
          return {{holds}};
        }
        """);
}
