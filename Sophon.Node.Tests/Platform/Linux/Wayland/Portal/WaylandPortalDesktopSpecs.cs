using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Portal;

/// <summary>On a real gnome-shell with its real portal, whose dialogs a mouse of the shell's own answers.</summary>
[SupportedOSPlatform("linux")]
[Trait("kind", "real")]
[Trait("desktop", "gnome")]
public sealed class WaylandPortalDesktopSpecs : IAsyncLifetime
{
    const int Deadline = 180_000;

    // The Allow button of the shell's dialog about screenshots on a monitor of 1280x800.
    static readonly (int X, int Y) Allow = (762, 497);

    GnomeServer gnome = null!;
    WaylandPortalDesktop desktop = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gnome = await GnomeServer.StartAsync();
        desktop = new WaylandPortalDesktop(gnome.Environment, gnome.BusAddress, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (desktop is not null) await desktop.DisposeAsync();
        if (gnome is not null) await gnome.DisposeAsync();
    }

    [Fact(Timeout = Deadline)]
    public async Task Pointer_and_keyboard_should_work_once_the_person_has_consented()
    {
        var first = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.ConsentAsync();
        await first;
        var witness = await WevWitness.WatchAsync(gnome.Start("stdbuf", "-oL", "wev"));
        var (x, y, _) = await gnome.FrameAsync("wev");

        await desktop.Pointer.ClickAsync(new ScreenPoint(x + 100, y + 50), PointerButton.Right, 2, Token);
        await witness.SeesAsync("motion 100,50", "press right", "release right", "press right", "release right");
        await desktop.Pointer.ScrollAsync(new ScreenPoint(x + 101, y + 50), 40, -80, Token);
        await witness.SeesAsync("motion 101,50", "wheel vertical -1", "wheel vertical -1", "wheel horizontal 1");

        await desktop.Keyboard.TypeAsync("aB{!\n", Token);
        await Eventually.TrueAsync(() => witness.Typed == "aB{!\r", "the text");
        Assert.True(KeyChord.TryParseHotkey(["ctrl", "shift", "t"], out var chord, out _));
        await desktop.Keyboard.PressAsync(chord, Token);
        await Eventually.TrueAsync(() => witness.Typed == "aB{!\r\u0014", "the chord");

        var refused = await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Keyboard.TypeAsync("abcЖ", Token));
        Assert.Contains("Ж", refused.Message);
        Assert.Equal("aB{!\r\u0014", witness.Typed);
    }

    [Fact(Timeout = Deadline)]
    public async Task Refused_consent_should_be_an_error_and_the_next_call_should_ask_again()
    {
        var first = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.RefuseAsync();
        Assert.Contains("refused", (await Assert.ThrowsAsync<ActionFailedException>(() => first)).Message);

        var second = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.ShareWithoutInputAsync();
        Assert.Contains("Allow remote interaction", (await Assert.ThrowsAsync<ActionFailedException>(() => second)).Message);

        var third = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.ConsentAsync();
        await third;
    }

    [Fact(Timeout = Deadline)]
    public async Task Consent_that_takes_longer_than_a_command_should_serve_the_next_one()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), deadline.Token));

        await gnome.ConsentAsync();

        await desktop.Pointer.MoveAsync(new ScreenPoint(6, 6), Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task Still_should_show_what_the_shell_shows()
    {
        Assert.Equal(new ScreenRectangle(0, 0, 1280, 800), (await desktop.Screen.GetMonitorsAsync(Token)).Bounds);
        var first = desktop.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1280, 800), Token);
        await Eventually.TrueAsync(async () =>
        {
            // The dialog fades in, and takes a click only then.
            await gnome.ClickAsync(Allow.X, Allow.Y);
            return first.IsCompleted;
        }, "the screenshot is allowed");
        await first;

        // Below the bar, whose clock moves; the shell flashes white after each picture, so both settle.
        var area = new ScreenRectangle(3, 40, 1200, 700);
        await Eventually.TrueAsync(async () =>
        {
            var still = await desktop.Screen.CaptureAsync(area, Token);
            return TestPictures.CountDifferences(TestPictures.Crop(await gnome.SeeAsync(), area), still) == 0;
        }, "the portal's picture and the shell's own agree");
        // The portal's files are gone again.
        Assert.Equal(["seen.png"], Directory.EnumerateFiles(gnome.File(""), "*.png", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_gnome_does_not_give_should_be_said()
    {
        await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Windows.ListAsync(Token));
        var checks = await desktop.CheckAsync(Token);
        Assert.Equal(["windows"], checks.Where(check => !check.Works).Select(check => check.Port));
        Assert.Equal(SessionState.Active, await desktop.GetSessionStateAsync(Token));
        Assert.IsType<WaylandPortalDesktop>(await WaylandDesktop.CreateAsync(gnome.Environment with { CurrentDesktop = null }, WaylandBackend.Auto, null, Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Killed_shell_should_be_no_display_and_come_back()
    {
        var first = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.ConsentAsync();
        await first;

        await gnome.KillShellAsync();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token));
        Assert.Equal(SessionState.NoDisplay, await desktop.GetSessionStateAsync(Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"noticed after {watch.Elapsed}");

        await gnome.StartShellAsync();
        Assert.Equal(SessionState.Active, await desktop.GetSessionStateAsync(Token));
        var again = desktop.Pointer.MoveAsync(new ScreenPoint(5, 5), Token);
        await gnome.ConsentAsync();
        await again;
    }
}
