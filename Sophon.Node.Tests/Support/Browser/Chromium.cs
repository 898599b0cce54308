using Microsoft.Playwright;

namespace Sophon.Node.Tests.Support.Browser;

/// <summary>Debian's Chromium, driven by the driver that comes in Playwright's NuGet package; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    readonly IPlaywright playwright;

    Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Timeout = 60_000,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        playwright.Dispose();
    }
}
