using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Tools;

/// <summary>Which helper is chosen, and what is said where none can work.</summary>
[SupportedOSPlatform("linux")]
[Trait("kind", "real")]
public sealed class ToolsInputSpecs
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static WaylandToolsDesktop Desktop(SwayServer sway, YdotoolSetup setup) => new(sway.Environment, setup, TimeProvider.System);

    [Fact]
    public async Task Missing_uinput_should_be_an_error_that_names_the_cure()
    {
        await using var sway = await SwayServer.StartAsync();
        using var ydotool = FakeYdotool.Classic(sway);
        await using var desktop = Desktop(sway, ydotool.Setup());

        var refused = await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Pointer.MoveAsync(new ScreenPoint(1, 1), Token));

        Assert.Contains("sudo modprobe uinput", refused.Message);
        Assert.Contains("platform.wayland.backend = native", refused.Message);
        Assert.Empty(ydotool.Calls);
        var check = Assert.Single(await desktop.CheckAsync(Token), check => check.Port == "pointer");
        Assert.False(check.Works);
        Assert.Contains("native", check.Cure);
    }

    [Fact]
    public async Task Missing_daemon_should_be_an_error_that_names_its_service()
    {
        await using var sway = await SwayServer.StartAsync();
        using var ydotool = FakeYdotool.Modern(sway);
        await using var desktop = Desktop(sway, ydotool.Setup() with { SocketPaths = [sway.File("nobody")] });

        var refused = await Assert.ThrowsAsync<UnsupportedException>(
            () => desktop.Pointer.ClickAsync(new ScreenPoint(1, 1), PointerButton.Left, 1, Token));

        Assert.Contains("systemctl --user enable --now ydotool.service", refused.Message);
    }

    [Fact]
    public async Task Classic_ydotool_should_move_in_logical_units_and_click()
    {
        await using var sway = await SwayServer.StartAsync("output HEADLESS-1 mode 1280x800 pos 0 0\noutput HEADLESS-2 mode 1000x600 pos 1280 0 scale 2", outputs: 2);
        using var ydotool = FakeYdotool.Classic(sway);
        File.WriteAllText(sway.File("uinput"), "");
        await using var desktop = Desktop(sway, ydotool.Setup(sway.File("uinput")));

        await desktop.Pointer.ClickAsync(new ScreenPoint(1280 + 100, 60), PointerButton.Right, 2, Token);
        await Assert.ThrowsAsync<UnsupportedException>(() => desktop.Pointer.ScrollAsync(new ScreenPoint(5, 5), 0, 80, Token));

        Assert.Equal([["mousemove", "1330", "30"], ["click", "2"], ["click", "--delay", "20", "2"]], ydotool.Calls);
    }

    [Fact]
    public async Task Keys_should_go_by_ydotool_where_it_works_and_by_wtype_else()
    {
        await using var sway = await SwayServer.StartAsync();
        await using var witness = await FootWitness.StartAsync(sway);
        using var ydotool = FakeYdotool.Modern(sway);
        var chord = new KeyChord([KeyModifier.Control], new Key(null, new('c')));

        await using (var desktop = Desktop(sway, ydotool.Setup())) await desktop.Keyboard.PressAsync(chord, Token);
        Assert.Equal("\u0003", await witness.ReadAsync("\u0003"));
        Assert.Equal([["key", "29:1", "46:1", "46:0", "29:0"]], ydotool.Calls);

        await using (var desktop = Desktop(sway, ydotool.Setup() with { SocketPaths = [] })) await desktop.Keyboard.PressAsync(chord, Token);
        Assert.Equal("\u0003\u0003", await witness.ReadAsync("\u0003\u0003"));
        Assert.Single(ydotool.Calls);
    }

    [Fact]
    public async Task Clipboard_owner_should_be_a_helper_that_serves_other_programs_until_the_next_one_comes()
    {
        await using var sway = await SwayServer.StartAsync();
        await using var desktop = Desktop(sway, new YdotoolSetup("/nowhere", []));

        await using var owner = await desktop.Clipboard.WriteAsync("Größe €\n", Token);

        Assert.Equal("wl-copy", owner!.Tool);
        Assert.Equal("Größe €\n", await sway.RunAsync("wl-paste", "--no-newline"));
        await sway.RunAsync("sh", "-c", "printf other | wl-copy >/dev/null 2>&1");
        Assert.Equal(0, await owner.Exited.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("other", await desktop.Clipboard.ReadAsync(Token));
    }
}
