using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools;

/// <summary>Real processes, really killed.</summary>
[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class FaultSpecs : IAsyncLifetime
{
    static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);
    static readonly ScreenPoint Point = new(10, 10);

    readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(90));
    XvfbServer server = null!;
    X11ToolsDesktop desktop = null!;

    CancellationToken Token => deadline.Token;

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync();
        desktop = new X11ToolsDesktop(server.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await desktop.DisposeAsync();
        await server.DisposeAsync();
        deadline.Dispose();
    }

    [Fact]
    public async Task No_display_should_be_told_by_every_port()
    {
        await using var nowhere = new X11ToolsDesktop(new X11Environment(null, null));

        await AssertUnavailableAsync(nowhere, "DISPLAY is not set");
        Assert.Equal(SessionState.NoDisplay, await nowhere.GetSessionStateAsync(Token));
    }

    [Fact]
    public async Task Killed_server_should_be_unavailable_within_five_seconds_and_work_again_when_it_is_back()
    {
        await server.KillAsync();

        await AssertUnavailableAsync(desktop, server.Display);
        Assert.Equal(SessionState.NoDisplay, await desktop.GetSessionStateAsync(Token));
        var display = Assert.Single(await desktop.CheckAsync(Token), check => check.Port == "display");
        Assert.False(display.Works);
        Assert.NotNull(display.Cure);

        await server.RestartAsync();
        await desktop.Pointer.ClickAsync(Point, PointerButton.Left, 1, Token);
        await desktop.Keyboard.TypeAsync("世", Token);
        Assert.Equal(1, (await desktop.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1, 1), Token)).Width);
        Assert.Equal(SessionState.Active, await desktop.GetSessionStateAsync(Token));
    }

    [Fact]
    public async Task Server_killed_in_mid_command_should_be_unavailable_within_five_seconds()
    {
        var scrolling = desktop.Pointer.ScrollAsync(Point, 0, 40 * 5_000, Token);
        await Eventually.TrueAsync(() => HelperKiller.Find("xdotool", server.Display) is not null, "xdotool scrolls");
        var watch = Stopwatch.StartNew();

        await server.KillAsync();

        await Assert.ThrowsAsync<DisplayUnavailableException>(() => scrolling);
        Assert.True(watch.Elapsed < FiveSeconds);
    }

    [Fact]
    public async Task Stopped_server_should_count_as_no_display_within_five_seconds()
    {
        HelperKiller.Signal(server.ServerProcessId, HelperKiller.SigStop);
        var watch = Stopwatch.StartNew();

        Assert.Equal(SessionState.NoDisplay, await desktop.GetSessionStateAsync(Token));

        Assert.True(watch.Elapsed < FiveSeconds);
    }

    [Fact]
    public async Task Killed_xdotool_should_be_a_failure_that_leaves_no_button_down()
    {
        var scrolling = desktop.Pointer.ScrollAsync(Point, 0, 40 * 5_000, Token);

        HelperKiller.Signal(await HelperKiller.StopWhileHoldingAsync("xdotool", server, "Virtual core XTEST pointer"), HelperKiller.SigKill);

        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => scrolling);
        Assert.Contains("xdotool was killed by signal 9", failure.Message);
        Assert.DoesNotContain("=down", await server.RunAsync("xinput", "query-state", "Virtual core XTEST pointer"));
        await desktop.Pointer.MoveAsync(Point, Token);
    }

    [Fact]
    public async Task Stopped_helper_should_be_dead_after_the_deadline()
    {
        using var brief = new CancellationTokenSource();
        var scrolling = desktop.Pointer.ScrollAsync(Point, 0, 40 * 5_000, brief.Token);
        var pid = await HelperKiller.KillAsync("xdotool", server.Display, HelperKiller.SigStop);

        brief.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scrolling);
        Assert.False(Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task Hanging_clipboard_owner_should_not_hold_the_reader_past_its_deadline()
    {
        await using var owner = await desktop.Clipboard.WriteAsync("held", Token);
        HelperKiller.Signal(owner!.ProcessId, HelperKiller.SigStop);
        using var brief = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desktop.Clipboard.ReadAsync(brief.Token));

        Assert.Equal(owner.ProcessId, HelperKiller.Find("xclip", server.Display));
        await using var next = await desktop.Clipboard.WriteAsync("taken over", Token);
        Assert.Equal("taken over", await desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Killed_clipboard_owner_should_leave_an_empty_clipboard()
    {
        await using var owner = await desktop.Clipboard.WriteAsync("gone", Token);

        HelperKiller.Signal(owner!.ProcessId, HelperKiller.SigKill);

        Assert.Equal(128 + HelperKiller.SigKill, await owner.Exited.WaitAsync(FiveSeconds));
        Assert.Equal("", await desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Disposed_clipboard_owner_should_be_gone()
    {
        var owner = await desktop.Clipboard.WriteAsync("gone", Token);

        await owner!.DisposeAsync();

        Assert.Null(HelperKiller.Find("xclip", server.Display));
    }

    [Fact]
    public async Task Clipboard_with_a_picture_should_read_as_no_text()
    {
        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("picture.png"), [0x89, 0x50, 0x4e, 0x47]);
        server.StartClient("xclip", "-selection", "clipboard", "-quiet", "-t", "image/png", "-i", folder.File("picture.png"));
        await Eventually.TrueAsync(
            async () => (await server.StartClient("xclip", "-selection", "clipboard", "-o", "-t", "TARGETS").WaitForTextAsync()).Contains("image/png", StringComparison.Ordinal),
            "the picture is on the clipboard");

        Assert.Equal("", await desktop.Clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task Missing_window_manager_should_be_named()
    {
        var refusal = await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Windows.ListAsync(Token));

        Assert.Contains("No window manager runs", refusal.Message);
        var check = Assert.Single(await desktop.CheckAsync(Token), check => check.Port == "windows");
        Assert.False(check.Works);
        Assert.Contains("openbox", check.Cure);
    }

    [Fact]
    public async Task Killed_window_manager_should_be_noticed()
    {
        var openbox = await server.StartWindowManagerAsync();
        Assert.Empty(await desktop.Windows.ListAsync(Token));

        await openbox.KillAsync();

        await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Windows.ListAsync(Token));
    }

    [Fact]
    public async Task Move_that_the_window_manager_ignores_should_be_a_failure()
    {
        var openbox = await server.StartWindowManagerAsync();
        await using var terminal = await TypingWitness.StartAsync(server);
        var window = Assert.Single(await desktop.Windows.ListAsync(Token));
        HelperKiller.Signal(openbox.ProcessId, HelperKiller.SigStop);

        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => desktop.Windows.MoveAsync(window.Id, 5, 5, null, null, Token));

        Assert.Contains("did not move it to (5, 5)", failure.Message);
    }

    async Task AssertUnavailableAsync(X11ToolsDesktop broken, string named)
    {
        Func<Task>[] calls =
        [
            () => broken.Screen.GetMonitorsAsync(Token),
            () => broken.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1, 1), Token),
            () => broken.Pointer.MoveAsync(Point, Token),
            () => broken.Pointer.ClickAsync(Point, PointerButton.Left, 1, Token),
            () => broken.Pointer.ScrollAsync(Point, 0, 40, Token),
            () => broken.Keyboard.TypeAsync("text", Token),
            () => broken.Keyboard.PressAsync(new KeyChord([], new Key("enter", null)), Token),
            () => broken.Clipboard.ReadAsync(Token),
            () => broken.Clipboard.WriteAsync("text", Token),
            () => broken.Windows.ListAsync(Token),
            () => broken.Applications.ListAsync(Token),
        ];
        foreach (var call in calls)
        {
            var watch = Stopwatch.StartNew();
            var refusal = await Assert.ThrowsAsync<DisplayUnavailableException>(call);
            Assert.True(watch.Elapsed < FiveSeconds);
            Assert.Contains(named, refusal.Message);
        }
    }
}
