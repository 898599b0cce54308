using System.Text.Json.Nodes;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Windows.Wine;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows;

/// <summary>What only Windows has, under Wine.</summary>
[Collection(WinePrefix.Collection)]
[Trait("kind", "wine")]
public sealed class WindowsDesktopSpecs(WinePrefix prefix)
{
    [Fact]
    public async Task Clipboard_that_is_held_for_a_while_should_be_waited_for_and_else_its_holder_be_named()
    {
        await using var fixture = await WineFixture.StartAsync(prefix, windowManager: false);
        var holder = await fixture.Session.StartDriverAsync("holder");

        var held = holder.CallAsync("hold", new JsonObject { ["milliseconds"] = 1_000 });
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        await fixture.Desktop.Clipboard.WriteAsync("after all", default);
        Assert.Equal("after all", await fixture.Desktop.Clipboard.ReadAsync(default));
        await held;

        held = holder.CallAsync("hold", new JsonObject { ["milliseconds"] = 8_000 });
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => fixture.Desktop.Clipboard.ReadAsync(default));
        Assert.Contains("kept the clipboard open", failure.Message, StringComparison.Ordinal);
        await held;
    }

    [Fact]
    public async Task Application_should_be_launched_focused_and_closed_by_its_name()
    {
        await using var fixture = await WineFixture.StartAsync(prefix, windowManager: true);
        var applications = fixture.Desktop.Applications;

        var pid = await applications.LaunchByNameAsync("Notepad", default);
        await Eventually.TrueAsync(async () => (await applications.ListAsync(default)).Any(app => app.ProcessId == pid && app.Name == "notepad"), "notepad has its window");
        await applications.FocusAsync(new ApplicationSelector(null, "NOTEPAD.EXE"), default);
        Assert.True(Assert.Single(await applications.ListAsync(default), app => app.ProcessId == pid).Focused);

        // What it asks before it closes keeps it alive, and is said.
        await fixture.Desktop.Keyboard.TypeAsync("unsaved", default);
        var asking = await Assert.ThrowsAsync<ActionFailedException>(() => applications.CloseAsync(new ApplicationSelector(null, "notepad"), force: false, default));
        Assert.Contains("save", asking.Message, StringComparison.Ordinal);
        await applications.CloseAsync(new ApplicationSelector(null, "notepad"), force: true, default);
        Assert.False(await fixture.IsThereAsync(pid));
    }

    [Fact]
    public async Task Names_of_console_programs_and_scripts_should_not_be_launched()
    {
        await using var fixture = await WineFixture.StartAsync(prefix, windowManager: false);

        await Assert.ThrowsAsync<NotFoundException>(() => fixture.Desktop.Applications.LaunchByNameAsync("cmd", default));
        await Assert.ThrowsAsync<NotFoundException>(() => fixture.Desktop.Applications.LaunchByNameAsync("no such application", default));
        await Assert.ThrowsAsync<NotFoundException>(() => fixture.Desktop.Applications.LaunchByPathAsync(@"C:\windows\win.ini", [], default));
    }

    [Fact]
    public async Task Balloon_and_tray_icon_should_be_taken_by_the_shell()
    {
        await using var fixture = await WineFixture.StartAsync(prefix, windowManager: false);

        await fixture.Desktop.Notifications.ShowAsync("Grüße", new string('x', 400), default);
        foreach (var state in new[] { 0, 1, 2 })
            await fixture.Driver.CallAsync("tray", new JsonObject { ["state"] = state, ["description"] = "Sophon Node" });
        await fixture.Desktop.Notifications.ShowAsync("", "", default);
    }

    [Fact]
    public async Task Arguments_should_reach_a_launched_program_as_they_are()
    {
        await using var fixture = await WineFixture.StartAsync(prefix, windowManager: true);
        var program = Path.Combine(await WinePrefix.PublishAsync("Sophon.Node.Tests/Wine/Driver"), "wine-driver.exe");
        const string title = "a \"b\" c\\ %PATH% & ü😀";

        var pid = await fixture.Desktop.Applications.LaunchByPathAsync(
            WineSession.WindowsPath(program), ["typing", WineSession.WindowsPath(prefix.File(Path.GetRandomFileName())), title], default);

        await Eventually.TrueAsync(async () => (await fixture.Desktop.Windows.ListAsync(default)).Any(window => window.ProcessId == pid && window.Title == title), "the window has the title that was given");
    }
}
