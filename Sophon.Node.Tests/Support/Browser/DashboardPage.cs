using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Sophon.Node.Tests.Support.Browser;

/// <summary>
/// One browser of its own (cookies, storage) on the Dashboard. When it closes, whatever the browser complained of, a violated
/// Content-Security-Policy first of all, fails the test.
/// </summary>
public sealed class DashboardPage : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly Uri gateway;
    readonly ConcurrentQueue<string> faults = new();
    readonly List<string> expected = [];

    DashboardPage(IBrowserContext context, IPage page, Uri gateway)
    {
        (this.context, Page, this.gateway) = (context, page, gateway);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") faults.Enqueue(message.Text);
        };
        page.PageError += (_, error) => faults.Enqueue(error);
        // Two busy cores and several test runs at once: patience costs nothing where all goes well.
        page.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000);
    }

    public IPage Page { get; }

    public static async Task<DashboardPage> OpenAsync(IBrowser browser, Uri gateway, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = gateway.ToString();
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 800 };
        var context = await browser.NewContextAsync(options);
        return new DashboardPage(context, await context.NewPageAsync(), gateway);
    }

    /// <summary>Goes to a page, and waits until it is live: a click before would go nowhere.</summary>
    /// <param name="path">Relative to the Gateway's address, e.g. <c>settings/devices</c>.</param>
    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(new Uri(gateway, path).ToString());
        await LiveAsync();
    }

    /// <summary>Waits until the page is live, or is one of those that never are (welcome, login).</summary>
    public Task LiveAsync() => Page.Locator("[data-live=yes], .plain").First.WaitForAsync();

    public async Task SignInAsync(string user, string password)
    {
        await Page.GetByLabel("User name").FillAsync(user);
        await Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Lets the browser complain of what the test does to it, e.g. of a connection that is cut.</summary>
    public void Expect(string part) => expected.Add(part);

    /// <summary>No finding of axe-core that it calls serious or critical.</summary>
    public async Task ShouldBeAccessibleAsync()
    {
        var findings = (await Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} ({string.Join("; ", violation.Nodes.Select(node => node.Html).Take(3))})");
        Assert.Empty(findings);
    }

    /// <summary>A picture for people to look at, in the folder of <c>SOPHON_PICTURES</c>; nothing without it.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SOPHON_PICTURES") is not { Length: > 0 } folder) return;
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>The page is no wider than its window: nothing has to be scrolled sideways.</summary>
    public async Task ShouldFitAsync() =>
        Assert.Equal(Page.ViewportSize!.Width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name });

    public Task<string> StorageAsync() => context.StorageStateAsync();

    /// <summary>Cuts this browser's network, or mends it.</summary>
    public Task SetOfflineAsync(bool offline) => context.SetOfflineAsync(offline);

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.DoesNotContain(faults, fault => !expected.Exists(part => fault.Contains(part, StringComparison.Ordinal)));
    }
}
