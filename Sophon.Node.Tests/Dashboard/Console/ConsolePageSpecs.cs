using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Support.Browser;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sophon.Node.Tests.Dashboard.Console;

[Trait("kind", "real")]
[Collection(DashboardFixture.Name)]
public sealed class ConsolePageSpecs(DashboardFixture dashboard)
{
    /// <summary>A JPEG of 8 by 8 grey pixels.</summary>
    const string Jpeg = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AH//Z";

    static readonly LocatorAssertionsToContainTextOptions WithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Form_should_be_made_of_the_command_and_its_image_be_seen()
    {
        await using var node = await dashboard.OnlineAsync("Console image", Scopes.ScreenCapture);
        await using var page = await dashboard.OpenAsync("console", "operator");
        await page.Page.GetByLabel("Node", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(node.Token.NodeId);
        await page.Page.GetByLabel("Command", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("screen.capture");
        await Expect(Field(page, "quality").Locator("input")).ToHaveValueAsync("80");
        await Expect(Field(page, "quality")).ToContainTextAsync("JPEG quality. Takes a whole number, 1 to 100. Default: 80.");
        await Expect(page.Page.GetByText("Risk: low")).ToBeVisibleAsync();
        await Field(page, "maxWidth").Locator("input").FillAsync("640");
        await RunAsync(page);

        var command = await node.NextAsync();
        Assert.Equal(("screen.capture", """{"maxWidth":640}"""), (command.Type, command.Parameters.GetRawText()));
        await node.AnswerAsync(command.CommandId, new { image = Jpeg, format = "jpeg", width = 8, height = 8, sizeBytes = 300 });
        await Expect(Run(page)).ToContainTextAsync("Succeeded", WithinTwoSeconds);
        await Expect(Run(page).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 8);
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync("console-image");

        await page.Page.ReloadAsync();
        await page.LiveAsync();
        await Expect(Field(page, "quality").Locator("input")).ToHaveValueAsync("80");
    }

    [Fact]
    public async Task List_should_be_a_table_and_the_raw_json_at_hand()
    {
        await using var node = await dashboard.OnlineAsync("Console table", Scopes.SystemInfo);
        _ = node.ServeAsync(_ => new { processes = Enumerable.Range(1, 300).Select(pid => new { pid, name = $"<b>program {pid}</b>", memoryMb = 1.5 }), count = 300 });
        await using var page = await OpenAsync(node, "system.processes");
        await RunAsync(page);
        await Expect(Run(page).Locator("th").First).ToHaveTextAsync("pid");
        await Expect(Run(page).Locator("tbody tr[role=row]").First).ToContainTextAsync("<b>program 1</b>");
        await Run(page).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Raw JSON" }).ClickAsync();
        await Expect(Run(page).Locator("pre.raw")).ToContainTextAsync("\"memoryMb\": 1.5");
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Failure_should_be_a_sentence_with_its_code()
    {
        await using var node = await dashboard.OnlineAsync("Console failure", Scopes.ScreenCapture);
        await using var page = await OpenAsync(node, "screen.capture");
        await RunAsync(page);
        var command = await node.NextAsync();
        await node.AnswerAsync(command.CommandId, status: CommandStatus.Failed, error: new CommandError(ErrorCode.DisplayUnavailable, "No X server answers at :9."));
        await Expect(Run(page).GetByRole(AriaRole.Alert)).ToHaveTextAsync("No X server answers at :9. displayUnavailable");
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Wrong_input_should_be_said_at_its_field_and_not_be_sent()
    {
        await using var node = await dashboard.OnlineAsync("Console wrong", Scopes.ScreenCapture);
        await using var page = await OpenAsync(node, "screen.capture");
        await Field(page, "quality").Locator("input").FillAsync("very good");
        await RunAsync(page);
        await Expect(Field(page, "quality").Locator(".error")).ToContainTextAsync("quality is \"very good\"; it takes a whole number, 1 to 100");
        await Expect(Field(page, "quality").Locator("input")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.ShouldBeAccessibleAsync();
        await Field(page, "quality").Locator("input").FillAsync("50");
        await RunAsync(page);
        Assert.Equal("""{"quality":50}""", (await node.NextAsync()).Parameters.GetRawText());
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Scope_that_is_missing_should_be_said_before_and_its_grant_be_seen_at_once()
    {
        await using var node = await dashboard.OnlineAsync("Console scope", Scopes.SystemInfo);
        await using var page = await OpenAsync(node, "window.list");
        await Expect(page.Page.GetByText("window.list needs the scope window.manage, which Console scope does not have.")).ToBeVisibleAsync();
        await Expect(RunButton(page)).ToBeDisabledAsync();
        (await dashboard.Gateway.Http.PutAsJsonAsync($"api/nodes/{node.Token.NodeId}/scopes", new { scopes = new[] { Scopes.WindowManage } })).EnsureSuccessStatusCode();
        await Expect(RunButton(page)).ToBeEnabledAsync(new LocatorAssertionsToBeEnabledOptions { Timeout = 2_000 });
    }

    [Fact]
    public async Task Node_that_goes_offline_or_is_removed_should_be_said()
    {
        var node = await dashboard.OnlineAsync("Console gone", Scopes.SystemInfo);
        await using var page = await OpenAsync(node, "system.info");
        await Expect(RunButton(page)).ToBeEnabledAsync();
        await node.DisposeAsync();
        await Expect(page.Page.Locator("#cannot-run")).ToContainTextAsync("Console gone is offline", WithinTwoSeconds);
        await dashboard.Gateway.Http.DeleteAsync($"api/nodes/{node.Token.NodeId}");
        await Expect(page.Page.Locator("#cannot-run")).ToContainTextAsync("no longer registered", WithinTwoSeconds);
    }

    [Fact]
    public async Task Program_should_wait_for_a_person_then_show_its_output_live_and_be_cancelled()
    {
        await using var node = await dashboard.OnlineAsync("Console program", Scopes.SystemExecute);
        await using var page = await OpenAsync(node, "system.execute");
        await Field(page, "command").Locator("input").FillAsync("make");
        await Field(page, "args").Locator("textarea").FillAsync("-j2\nall");
        await RunAsync(page);
        await Expect(Run(page)).ToContainTextAsync("Awaiting approval", WithinTwoSeconds);
        await Expect(Run(page)).ToContainTextAsync(new Regex("Time left: 4:[0-9]{2}"));
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync("console-awaiting");

        await using var approver = await dashboard.OpenAsync("approvals");
        await approver.Page.Locator("article", new PageLocatorOptions { HasText = "Console program" }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Approve once" }).ClickAsync();
        var command = await node.NextAsync();
        await Expect(Run(page)).ToContainTextAsync("Running", WithinTwoSeconds);
        await node.Hub.InvokeAsync(WireNames.CommandOutput, new CommandOutput(command.CommandId, 0, "stdout", "compiling <1>\n"));
        await Expect(Run(page).Locator("pre")).ToContainTextAsync("compiling <1>", WithinTwoSeconds);
        await node.Hub.InvokeAsync(WireNames.CommandOutput, new CommandOutput(command.CommandId, 1, "stdout", "compiling <2>\n"));
        await Expect(Run(page).Locator("pre")).ToContainTextAsync("compiling <2>", WithinTwoSeconds);

        await Run(page).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Sophon.Node.Tests.Support.Eventually.TrueAsync(() => node.Cancels.Contains(command.CommandId), "the node is asked to cancel");
        await node.AnswerAsync(command.CommandId, status: CommandStatus.Cancelled, error: new CommandError(ErrorCode.Cancelled, "Cancelled; make was ended."));
        await Expect(Run(page)).ToContainTextAsync("Cancelled; make was ended.", WithinTwoSeconds);
    }

    [Fact]
    public async Task Double_click_should_run_it_once()
    {
        await using var node = await dashboard.OnlineAsync("Console twice", Scopes.SystemInfo);
        await using var page = await OpenAsync(node, "system.info");
        await RunButton(page).EvaluateAsync("button => { button.click(); button.click(); }");
        await Expect(Run(page)).ToContainTextAsync("Running");
        await node.NextAsync();
        await Expect(Run(page)).ToHaveCountAsync(1);
        Assert.False(node.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Viewer_should_not_be_offered_it_and_be_refused_at_its_address()
    {
        await using var page = await dashboard.OpenAsync("console", "viewer");
        await Expect(page.Page.GetByText("Your role does not cover that page.")).ToBeVisibleAsync();
        await page.GoToAsync("settings/devices");
        await Expect(page.Page.Locator("nav").GetByText("Live view")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("nav").GetByText("Console")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Operator_who_loses_the_role_should_lose_the_open_page()
    {
        await using var node = await dashboard.OnlineAsync("Console demoted", Scopes.SystemInfo);
        var id = await dashboard.AddUserAsync("console-demoted", "operator");
        await using var page = await dashboard.SignInAsync("console-demoted", $"console?node={node.Token.NodeId}&command=system.info");
        await Expect(RunButton(page)).ToBeEnabledAsync();
        (await dashboard.Gateway.Http.PatchAsJsonAsync($"api/users/{id}", new { role = "viewer" })).EnsureSuccessStatusCode();
        await Expect(page.Page.GetByText("Your role does not cover")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 5_000 });
    }

    [Theory]
    [InlineData(380, ColorScheme.Light)]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_should_fit_and_be_accessible(int width, ColorScheme colours)
    {
        await using var node = await dashboard.OnlineAsync($"Console fit {width} {colours}", Scopes.NodeCommand);
        _ = node.ServeAsync(_ => new { windows = Enumerable.Range(1, 3).Select(id => new { id, title = "A window with a title that is long enough to be cut somewhere on its way", app = "xterm", focused = id == 1 }) });
        await using var page = await dashboard.OpenAsync($"console?node={node.Token.NodeId}&command=window.list", options: new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours,
        });
        await RunAsync(page);
        await Expect(Run(page)).ToContainTextAsync("Succeeded");
        await Expect(Run(page).Locator("tbody tr[role=row]").First).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"console-{width}-{colours}");
        await page.GoToAsync($"console?node={node.Token.NodeId}&command=system.execute");
        await Expect(Field(page, "env")).ToBeVisibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldBeAccessibleAsync();
        await page.PictureAsync($"console-form-{width}-{colours}");
    }

    Task<DashboardPage> OpenAsync(FakeNode node, string command) => dashboard.OpenAsync($"console?node={node.Token.NodeId}&command={command}", "operator");

    static ILocator Field(DashboardPage page, string parameter) => page.Page.Locator($"[data-parameter={parameter}]");

    static ILocator RunButton(DashboardPage page) => page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run", Exact = true });

    static Task RunAsync(DashboardPage page) => RunButton(page).ClickAsync();

    static ILocator Run(DashboardPage page) => page.Page.Locator("article.run");
}
