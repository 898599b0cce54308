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
    static readonly ScreenRectangle Screen = new(0, 0, 1280, 800);

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
        await ReadsAsync(fixture.Desktop, "unsaved");
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
    public async Task Tray_icon_should_show_its_state_and_say_what_was_chosen()
    {
        await using var session = await WineSession.StartAsync(prefix, windowManager: false);
        var driver = await session.StartDriverWithTaskbarAsync("desktop");
        var desktop = new WineDesktop(driver);
        Task ShowAsync(int state) => driver.CallAsync("tray", new JsonObject { ["state"] = state, ["description"] = "Sophon Node" });

        // Grey, green, amber: as TrayGlyph draws them.
        await ShowAsync(0);
        await FindAsync(desktop, 0x8B949E);
        await ShowAsync(1);
        await ChooseAsync(desktop, await FindAsync(desktop, 0x2EA043), "p");
        await ChooseAsync(desktop, await FindAsync(desktop, 0x2EA043), "d");
        await ShowAsync(2);
        await ChooseAsync(desktop, await FindAsync(desktop, 0xD29922), "r");
        await ChooseAsync(desktop, await FindAsync(desktop, 0xD29922), "q");

        string[] expected = ["pause", "dashboard", "resume", "quit"];
        await Eventually.TrueAsync(async () => (await driver.CallAsync<string[]>("tray.chosen")).Length >= expected.Length, "four choices");
        Assert.Equal(expected, await driver.CallAsync<string[]>("tray.chosen"));
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

    // What is typed waits in a queue that a request to close overtakes.
    static Task ReadsAsync(IDesktop desktop, string text) => Eventually.TrueAsync(
        async () =>
        {
            foreach (var hotkey in new[] { "a", "c" })
            {
                Assert.True(KeyChord.TryParseHotkey(["ctrl", hotkey], out var chord, out _));
                await desktop.Keyboard.PressAsync(chord, default);
            }

            return await desktop.Clipboard.ReadAsync(default) == text;
        },
        $"the program holds \"{text}\"");

    /// <summary>The middle of what the screen shows in one colour.</summary>
    static async Task<ScreenPoint> FindAsync(WineDesktop desktop, int colour)
    {
        List<ScreenPoint> found = [];
        await Eventually.TrueAsync(
            async () =>
            {
                using var image = await desktop.Screen.CaptureAsync(Screen, default);
                found = [.. Where(image, colour)];
                return found.Count > 20;
            },
            $"something in the colour {colour:X6}");
        return new ScreenPoint((int)found.Average(point => point.X), (int)found.Average(point => point.Y));
    }

    static IEnumerable<ScreenPoint> Where(PixelImage image, int colour)
    {
        for (var i = 0; i < image.Bgra.Length; i += 4)
        {
            var pixel = image.Bgra.Slice(i, 3).ToArray();
            if ((pixel[2] << 16 | pixel[1] << 8 | pixel[0]) == colour) yield return new ScreenPoint(i / 4 % image.Width, i / 4 / image.Width);
        }
    }

    // The menu takes the key of an underlined letter, once it is there.
    static async Task ChooseAsync(WineDesktop desktop, ScreenPoint icon, string letter)
    {
        using var before = await desktop.Screen.CaptureAsync(Screen, default);
        await desktop.Pointer.ClickAsync(icon, PointerButton.Right, 1, default);
        await Eventually.TrueAsync(async () => await DifferenceAsync(desktop, before) > 1_000, "the menu opens");
        Assert.True(KeyChord.TryParseKey(letter, out var key, out _));
        await desktop.Keyboard.PressAsync(key, default);
        await Eventually.TrueAsync(async () => await DifferenceAsync(desktop, before) < 1_000, "the menu closes");
    }

    static async Task<int> DifferenceAsync(WineDesktop desktop, PixelImage before)
    {
        using var now = await desktop.Screen.CaptureAsync(Screen, default);
        return TestPictures.CountDifferences(before, now);
    }
}
