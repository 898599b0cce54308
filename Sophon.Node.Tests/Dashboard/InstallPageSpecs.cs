using System.Net.Http.Json;
using Microsoft.Playwright;
using Sophon.Node.Tests.Support.Browser;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard;

/// <summary>The install page's four steps, with a real Gateway, a real browser, the real CLI and a real Node on a desktop.</summary>
[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class InstallPageSpecs(DashboardFixture dashboard)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Walk_should_lead_from_add_node_to_the_green_online_and_a_node_that_obeys()
    {
        await using var desktop = await XvfbServer.StartAsync(windowManager: true);
        desktop.StartClient("xterm", "-geometry", "80x24+40+40");
        await using var gateway = await GatewayProgram.StartNewAsync();
        (await gateway.Http.PostAsJsonAsync("api/users", new { name = "ada", displayName = "Ada", role = "administrator", password = DashboardFixture.Password })).EnsureSuccessStatusCode();
        await using var node = new NodeProgram(desktop.Display);
        await node.ConfigureAsync();
        await using var page = await DashboardPage.OpenAsync(dashboard.Chromium.Browser, gateway.Url, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1200, Height = 500 },
            ColorScheme = ColorScheme.Light,
        });
        await page.GoToAsync("settings/devices");
        await page.SignInAsync("ada", DashboardFixture.Password);

        // 1. Register in the Dashboard.
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add Node" }).ClickAsync();
        await page.Page.GetByLabel("Display name").FillAsync("Office PC");
        await page.Page.Locator(".choice", new PageLocatorOptions { HasText = "Linux" }).ClickAsync();
        await DocumentPicture.TakeAsync(page.Page, "add");
        await page.Button("Generate Pairing Credentials").ClickAsync();
        var code = await page.Page.Locator("[data-pairing-code]").TextContentAsync() ?? "";
        var command = (await page.Page.Locator("#pair-command").TextContentAsync() ?? "").Split(' ');
        Assert.Equal("sophon-node", command[0]);
        await DocumentPicture.TakeAsync(page.Page, "credentials");

        // 2. Pair from the target machine, with the command as it was copied.
        await using var pair = node.Run(command[1..]);
        await pair.WaitForAsync($"Waiting for approval (pairing code: {code})...", Patience);

        // 3. Approve in the Dashboard.
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Devices", Exact = true }).First.ClickAsync();
        var row = page.Page.Locator("tr[data-node]", new PageLocatorOptions { HasText = "Office PC" });
        await Expect(row).ToContainTextAsync("Pending");
        await Expect(row.Locator(".code")).ToHaveTextAsync(code);
        await DocumentPicture.TakeAsync(page.Page, "pending");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Page.Locator("[data-pairing-code]")).ToHaveTextAsync(code);
        await DocumentPicture.TakeAsync(page.Page, "approve", whole: true);
        await page.Button("Approve").ClickAsync();
        Assert.Equal(0, await pair.ExitAsync(Patience));
        Assert.Contains("Node paired successfully! Token saved to", pair.Output, StringComparison.Ordinal);
        await Expect(page.Page.Locator(".sub .state")).ToHaveTextAsync("Approved");

        // 4. Start the Node: from Approved to Online.
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Devices", Exact = true }).First.ClickAsync();
        await Expect(row).ToContainTextAsync("Approved");
        await node.StartAsync();
        await Expect(row.Locator(".state-online")).ToHaveTextAsync("Online", new LocatorAssertionsToHaveTextOptions { Timeout = 2_000 });
        await DocumentPicture.TakeAsync(page.Page, "online");

        // "Node online but commands time out": the permission is missing; saved, it counts on the Node within two seconds.
        var nodeId = command[5];
        Assert.Equal("succeeded", (await gateway.ExecuteAsync(nodeId, "screen.capture")).Status);
        Assert.Equal("denied", (await gateway.ExecuteAsync(nodeId, "input.mouse.move", new { x = 100, y = 100 })).Code);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { NameRegex = new("^Input") }).CheckAsync();
        await page.Button("Save permissions").ClickAsync();
        await Support.Eventually.TrueAsync(async () => (await gateway.ExecuteAsync(nodeId, "input.mouse.move", new { x = 100, y = 100 })).Status == "succeeded", "the Node lets input through", TimeSpan.FromSeconds(2));
        Assert.Contains("x:100 y:100", await desktop.RunAsync("xdotool", "getmouselocation"), StringComparison.Ordinal);
        await Expect(page.Page.Locator("tr[data-command]", new PageLocatorOptions { HasText = "input.mouse.move" }).First).ToContainTextAsync("Succeeded", new LocatorAssertionsToContainTextOptions { Timeout = 2_000 });
        await page.Page.EvaluateAsync("scrollTo(0, 0)");
        await DocumentPicture.TakeAsync(page.Page, "node", whole: true);

        // Revoked, the Node learns of it and stops.
        await page.Page.GetByText("Revoke this node…").ClickAsync();
        await page.Page.Locator("#revoke-confirm").FillAsync(nodeId);
        await page.Button("Revoke").ClickAsync();
        await Expect(page.Page.Locator(".sub .state")).ToHaveTextAsync("Revoked");
        Assert.NotEqual(0, await node.Process.ExitAsync(Patience));
        Assert.Contains("revoked", node.Process.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task New_credentials_should_end_a_pair_command_that_still_polls_with_the_old_ones()
    {
        await using var node = new NodeProgram(display: null);
        await node.ConfigureAsync();
        var registration = await dashboard.Gateway.RegisterAsync("Polls with the old secret");
        await using var pair = node.Run("pair", "--gateway", dashboard.Gateway.Url.ToString(), "--node-id", registration.NodeId, "--secret", registration.PairingSecret);
        await pair.WaitForAsync("Waiting for approval", Patience);
        await using var page = await dashboard.OpenAsync("settings/devices/" + registration.NodeId);
        await page.Button("Make new credentials").ClickAsync();
        await Expect(page.Heading("Pair the machine")).ToBeVisibleAsync();
        Assert.NotEqual(0, await pair.ExitAsync(Patience));
        Assert.Contains("expired", pair.Errors, StringComparison.Ordinal);
        await Expect(page.Page.Locator(".sub .state")).ToHaveTextAsync("Waiting");
    }
}
