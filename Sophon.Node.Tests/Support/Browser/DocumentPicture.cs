using Microsoft.Playwright;
using Xunit;

namespace Sophon.Node.Tests.Support.Browser;

/// <summary>Pictures of the documentation are made by the specs that walk through what they show: <c>UPDATE_DOCS=1</c> writes them.</summary>
public static class DocumentPicture
{
    static readonly bool IsWanted = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    /// <param name="name">The file is <c>docs/images/dashboard-NAME.png</c>.</param>
    /// <param name="whole">The whole page, not only what the window shows of it.</param>
    public static async Task TakeAsync(IPage page, string name, bool whole = false)
    {
        var path = Path.Combine(Root(), "docs", "images", $"dashboard-{name}.png");
        if (IsWanted) await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled, FullPage = whole });
        Assert.True(File.Exists(path), $"docs/images/dashboard-{name}.png is missing; UPDATE_DOCS=1 writes it");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sophon.Node.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
