using System.Diagnostics;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform;

/// <summary>What every backend must do on a living desktop. A backend's own class derives from it and brings the fixture.</summary>
[Trait("kind", "real")]
public abstract class DesktopContract : IAsyncLifetime
{
    protected const string Awkward = "Grüße, 世界 €😀 \"quotes\" $HOME \\n `^´~@{}[]|\tTab\nnext line";

    static readonly TimeSpan CommandDeadline = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(120));

    protected IDesktopFixture Fixture { get; private set; } = null!;

    protected IDesktop Desktop => Fixture.Desktop;

    protected CancellationToken Token => deadline.Token;

    protected abstract Task<IDesktopFixture> StartAsync(bool windowManager);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Fixture is not null) await Fixture.DisposeAsync();
        deadline.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task UseAsync(bool windowManager) => Fixture = await StartAsync(windowManager);

    [Fact]
    public async Task Capture_should_show_every_pixel_of_the_screen()
    {
        await UseAsync(windowManager: false);
        var picture = TestPictures.Pattern(Fixture.Screen.Width, Fixture.Screen.Height);
        await Fixture.ShowPictureAsync(picture);

        Assert.Equal(0, TestPictures.CountDifferences(picture, await Desktop.Screen.CaptureAsync(Fixture.Screen, Token)));
    }

    [Fact]
    public async Task Capture_should_crop_to_the_pixel()
    {
        await UseAsync(windowManager: false);
        var picture = TestPictures.Pattern(Fixture.Screen.Width, Fixture.Screen.Height, seed: 2);
        await Fixture.ShowPictureAsync(picture);

        foreach (var area in Corners(Fixture.Screen))
            Assert.Equal(0, TestPictures.CountDifferences(TestPictures.Crop(picture, area), await Desktop.Screen.CaptureAsync(area, Token)));
    }

    [Fact]
    public async Task Capture_should_refuse_what_lies_outside_the_screen()
    {
        await UseAsync(windowManager: false);
        var outside = new ScreenRectangle(Fixture.Screen.Width - 5, 0, 10, 10);

        await Assert.ThrowsAsync<InvalidInputException>(() => Desktop.Screen.CaptureAsync(outside, Token));
    }

    [Fact]
    public async Task Monitors_should_cover_the_screen_and_have_one_primary()
    {
        await UseAsync(windowManager: false);
        var layout = await Desktop.Screen.GetMonitorsAsync(Token);

        Assert.Equal(Fixture.Screen, layout.Bounds);
        Assert.Single(layout.Monitors, monitor => monitor.IsPrimary);
    }

    [Fact]
    public async Task Click_should_land_on_the_exact_pixel_with_the_right_button()
    {
        await UseAsync(windowManager: false);
        await using var witness = await Fixture.WatchClicksAsync();
        var points = new ScreenPoint[] { new(0, 0), new(Fixture.Screen.Width - 1, Fixture.Screen.Height - 1), new(321, 123) };

        await Desktop.Pointer.ClickAsync(points[0], PointerButton.Left, 1, Token);
        await Desktop.Pointer.ClickAsync(points[1], PointerButton.Right, 1, Token);
        await Desktop.Pointer.ClickAsync(points[2], PointerButton.Middle, 2, Token);

        Assert.Equal(
            [("left", points[0]), ("right", points[1]), ("middle", points[2]), ("middle", points[2])],
            await witness.WaitForPressesAsync(4));
    }

    [Fact]
    public async Task Scroll_should_turn_the_wheel_by_forty_pixels_a_step_and_keep_the_rest()
    {
        await UseAsync(windowManager: false);
        await using var witness = await Fixture.WatchClicksAsync();
        var point = new ScreenPoint(200, 100);

        await Desktop.Pointer.ScrollAsync(point, 0, 100, Token);
        await Desktop.Pointer.ScrollAsync(point, -40, 20, Token);
        await Desktop.Pointer.ScrollAsync(point, 80, -40, Token);

        Assert.Equal(
            ["wheel down", "wheel down", "wheel down", "wheel left", "wheel up", "wheel right", "wheel right"],
            (await witness.WaitForPressesAsync(7)).Select(press => press.Button));
    }

    [Fact]
    public async Task Typing_should_arrive_letter_for_letter()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("typing");

        for (var run = 0; run < 3; run++)
        {
            terminal.Clear();
            await Desktop.Keyboard.TypeAsync(Awkward, Token);
            Assert.Equal(Awkward, await terminal.ReadAsync(Awkward));
        }
    }

    // Not a theory: the runner would repair the broken character on its way to the test.
    [Fact]
    public async Task Typing_should_refuse_what_no_key_types()
    {
        await UseAsync(windowManager: false);
        foreach (var (text, named) in new[] { ("half \ud83d", "surrogate"), ("bell \a", "U+0007") })
        {
            var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => Desktop.Keyboard.TypeAsync(text, Token));
            Assert.Contains(named, refusal.Message);
        }
    }

    [Fact]
    public async Task Keys_should_reach_the_terminal_as_their_codes()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("keys");

        foreach (var hotkey in new[] { "a", "enter", "tab", "escape", "left", "f5", "ctrl+c", "shift+q", "ctrl+shift+up" })
        {
            Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(hotkey), out var chord, out var error), error);
            await Desktop.Keyboard.PressAsync(chord, Token);
        }

        // xterm and foot agree on these (ECMA-48 and xterm's modifyCursorKeys).
        const string codes = "a\n\t\u001b\u001b[D\u001b[15~\u0003Q\u001b[1;6A";
        Assert.Equal(codes, await terminal.ReadAsync(codes));
    }

    [Fact]
    public async Task Clipboard_should_be_empty_at_first()
    {
        await UseAsync(windowManager: false);

        Assert.Equal("", await Desktop.Clipboard.ReadAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 世界 😀\r\n\ttrailing newline\n")]
    public async Task Clipboard_should_give_back_what_was_written(string text)
    {
        await UseAsync(windowManager: false);
        await using var owner = await Desktop.Clipboard.WriteAsync(text, Token);

        Assert.Equal(text, await Desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Clipboard_should_carry_a_megabyte()
    {
        await UseAsync(windowManager: false);
        var text = string.Concat(Enumerable.Range(0, 90_000).Select(i => $"line {i:D6}\n"));
        await using var owner = await Desktop.Clipboard.WriteAsync(text, Token);

        Assert.True(text.Length > 1_000_000);
        Assert.Equal(text, await Desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Clipboard_helper_should_end_when_the_next_text_is_written()
    {
        await UseAsync(windowManager: false);
        await using var first = await Desktop.Clipboard.WriteAsync("first", Token);
        await using var second = await Desktop.Clipboard.WriteAsync("second", Token);

        if (first is not null) Assert.Equal(0, await first.Exited.WaitAsync(CommandDeadline));
        Assert.Equal("second", await Desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Windows_should_be_listed_with_their_facts()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("Grüße \"facts\"");

        var window = await FindWindowAsync("Grüße \"facts\"");

        Assert.Equal(terminal.ProcessId, window.ProcessId);
        Assert.True(window.Focused);
        Assert.False(window.Minimized);
        Assert.NotEmpty(window.App);
        Assert.InRange(window.Bounds.Width, 100, Fixture.Screen.Width);
    }

    [Fact]
    public async Task Window_should_stand_where_it_was_moved()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("moving");
        var window = await FindWindowAsync("moving");

        var moved = await Desktop.Windows.MoveAsync(window.Id, 37, 51, null, null, Token);
        var resized = await Desktop.Windows.MoveAsync(window.Id, 90, 20, 700, 420, Token);

        Assert.Equal(window.Bounds with { X = 37, Y = 51 }, moved.Bounds);
        Assert.Equal((90, 20), (resized.Bounds.X, resized.Bounds.Y));
        // A terminal rounds down to whole cells.
        Assert.InRange(resized.Bounds.Width, 660, 700);
        Assert.InRange(resized.Bounds.Height, 380, 420);
        Assert.Equal(resized.Bounds, (await FindWindowAsync("moving")).Bounds);
    }

    [Fact]
    public async Task Window_should_be_minimised_maximised_and_restored()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("states");
        var window = await FindWindowAsync("states");

        await Desktop.Windows.MinimizeAsync(window.Id, Token);
        Assert.True((await FindWindowAsync("states")).Minimized);

        await Desktop.Windows.MaximizeAsync(window.Id, Token);
        var maximised = await FindWindowAsync("states");
        Assert.False(maximised.Minimized);
        Assert.InRange(maximised.Bounds.Width, Fixture.Screen.Width - 40, Fixture.Screen.Width);

        var moved = await Desktop.Windows.MoveAsync(window.Id, 10, 12, null, null, Token);
        Assert.Equal(window.Bounds with { X = 10, Y = 12 }, moved.Bounds);
    }

    [Fact]
    public async Task Focus_should_raise_the_window_and_give_it_the_keyboard()
    {
        await UseAsync(windowManager: true);
        await using var first = await Fixture.OpenTerminalAsync("first");
        await using var second = await Fixture.OpenTerminalAsync("second");

        await Desktop.Windows.FocusAsync((await FindWindowAsync("first")).Id, Token);
        await Desktop.Keyboard.TypeAsync("here", Token);

        Assert.Equal("here", await first.ReadAsync("here"));
        Assert.Equal("first", (await Desktop.Windows.ListAsync(Token))[^1].Title);
    }

    [Theory]
    [InlineData("0x7fffff0")]
    [InlineData("no id")]
    public async Task Window_that_is_gone_should_be_not_found(string id)
    {
        await UseAsync(windowManager: true);

        await Assert.ThrowsAsync<NotFoundException>(() => Desktop.Windows.MoveAsync(id, 0, 0, null, null, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Desktop.Windows.FocusAsync(id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Desktop.Windows.CloseAsync(id, Token));
    }

    [Fact]
    public async Task Application_should_be_launched_listed_and_closed()
    {
        await UseAsync(windowManager: true);

        var (path, arguments, title) = Fixture.Program;
        var pid = await Desktop.Applications.LaunchByPathAsync(path, arguments, Token);
        await Eventually.TrueAsync(
            async () => (await Desktop.Applications.ListAsync(Token)).Any(app => app.ProcessId == pid && app.WindowTitles.Contains(title)),
            "the launched application has its window");
        await Desktop.Applications.CloseAsync(new ApplicationSelector(pid, null), force: false, Token);

        await Eventually.TrueAsync(async () => !await Fixture.IsThereAsync(pid), "no zombie stays");
        await Assert.ThrowsAsync<NotFoundException>(() => Desktop.Applications.CloseAsync(new ApplicationSelector(pid, null), force: false, Token));
    }

    [Fact]
    public async Task Cancellation_should_end_a_long_gesture_at_once()
    {
        await UseAsync(windowManager: true);
        await using var terminal = await Fixture.OpenTerminalAsync("cancelled");
        using var cancel = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();

        var typing = Desktop.Keyboard.TypeAsync(new string('x', 20_000), cancel.Token);
        await Eventually.TrueAsync(async () => (await terminal.ReadAsync("x")).Length > 0, "typing began");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => typing);
        Assert.True(watch.Elapsed < CommandDeadline);
        // What was under way still arrives; the keyboard is free for the next text.
        await Desktop.Keyboard.TypeAsync("\nend", Token);
        await Eventually.TrueAsync(async () => (await terminal.ReadAsync("x")).EndsWith("\nend", StringComparison.Ordinal), "the next text arrives last");
        Assert.True((await terminal.ReadAsync("x")).Length < 20_000, "the long text was cut");
    }

    [Fact]
    public async Task Doctor_should_find_every_port_working()
    {
        await UseAsync(windowManager: true);

        var checks = await Desktop.CheckAsync(Token);

        Assert.All(checks, check => Assert.True(check.Works, $"{check.Port}: {check.Detail}"));
        Assert.NotEmpty(checks);
        Assert.Equal(SessionState.Active, await Desktop.GetSessionStateAsync(Token));
    }

    async Task<WindowInfo> FindWindowAsync(string title) =>
        Assert.Single(await Desktop.Windows.ListAsync(Token), window => window.Title == title);

    static IEnumerable<ScreenRectangle> Corners(ScreenRectangle screen) =>
    [
        new(0, 0, 1, 1),
        new(screen.Width - 1, screen.Height - 1, 1, 1),
        new(screen.Width - 333, 7, 333, 111),
        new(101, screen.Height - 77, 3, 77),
        new(13, 17, 640, 480),
    ];
}
