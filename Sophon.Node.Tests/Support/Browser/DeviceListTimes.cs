using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support.Fleet;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Support.Browser;

/// <summary>How long My Devices takes in a real browser on a Gateway with a fleet, of which some are connected and beat.</summary>
/// <param name="Open">From the address to a live page with rows.</param>
/// <param name="Scroll">From a jump to the end of the list to its last row.</param>
public sealed record DeviceListTimes(TimeSpan Open, TimeSpan Scroll)
{
    const string Password = "correct horse battery";

    public static async Task<DeviceListTimes> MeasureAsync(int registered, int connected)
    {
        IReadOnlyList<NodeToken> tokens = [];
        await using var gateway = await GatewayProgram.StartNewAsync(prepare: async folder => tokens = await FleetRegistry.RegisterAsync(folder, registered));
        (await gateway.Http.PostAsJsonAsync("api/users", new { name = "ada", role = "viewer", password = Password })).EnsureSuccessStatusCode();
        await using var fleet = await ConnectedFleet.ConnectAsync(gateway.Url, tokens.Take(connected));
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });

        await page.GotoAsync(new Uri(gateway.Url, "login?returnUrl=%2Faccount").ToString());
        await page.GetByLabel("User name").FillAsync("ada");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Your account" }).WaitForAsync();

        var open = Stopwatch.StartNew();
        await page.GotoAsync(new Uri(gateway.Url, "settings/devices").ToString());
        await page.Locator("tr[data-node=fleet00001]").WaitForAsync();
        open.Stop();
        await page.GetByText($"{registered} of {registered} devices").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        var scroll = Stopwatch.StartNew();
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await page.Locator($"tr[data-node=fleet{registered:00000}]").WaitForAsync();
        return new DeviceListTimes(open.Elapsed, scroll.Elapsed);
    }
}
