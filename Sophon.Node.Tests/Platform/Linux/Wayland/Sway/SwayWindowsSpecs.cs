using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Windows;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Sway;

/// <summary>What a tiling compositor does differently; the rest is in the contract.</summary>
[Trait("kind", "real")]
public sealed class SwayWindowsSpecs : IAsyncLifetime
{
    SwayServer sway = null!;
    CompositorSession session = null!;
    NativeWindows windows = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sway = await SwayServer.StartAsync(
            """
            output HEADLESS-1 mode 1280x800 pos 0 0
            output HEADLESS-2 mode 1000x600 pos 1280 0 scale 1.25
            workspace 1 output HEADLESS-1
            workspace 2 output HEADLESS-2
            default_border normal
            """, outputs: 2);
        await sway.SwaymsgAsync("workspace 1");
        session = new CompositorSession(sway.Environment);
        windows = new NativeWindows(session);
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await sway.DisposeAsync();
    }

    [Fact]
    public async Task Tiled_window_should_be_tiled_again_when_it_comes_back_from_the_scratchpad()
    {
        await using var foot = await FootWitness.StartAsync(sway, "tiled");
        var before = Assert.Single(await windows.ListAsync(Token));
        Assert.Equal(new ScreenRectangle(0, 0, 1280, 800), before.Bounds);

        await windows.MinimizeAsync(before.Id, Token);
        await windows.MinimizeAsync(before.Id, Token);
        Assert.True(Assert.Single(await windows.ListAsync(Token)).Minimized);
        await windows.FocusAsync(before.Id, Token);

        Assert.Equal(before, Assert.Single(await windows.ListAsync(Token)));
    }

    [Fact]
    public async Task Frame_should_count_its_title_bar_and_land_on_the_asked_pixel()
    {
        await using var foot = await FootWitness.StartAsync(sway, "framed");
        var id = Assert.Single(await windows.ListAsync(Token)).Id;
        await sway.SwaymsgAsync("floating enable, border normal");

        var moved = await windows.MoveAsync(id, 100, 50, 600, 400, Token);

        Assert.Equal((100, 50), (moved.Bounds.X, moved.Bounds.Y));
        var bar = TestPictures.Crop(await sway.SeeAsync("0,0 1280x800"), new ScreenRectangle(100, 48, 1, 4));
        Assert.Equal(bar.Bgra[..4].ToArray(), bar.Bgra[4..8].ToArray());
        Assert.NotEqual(bar.Bgra[4..8].ToArray(), bar.Bgra[8..12].ToArray());
    }

    [Fact]
    public async Task Window_should_move_to_a_scaled_monitor_in_its_pixels()
    {
        await using var foot = await FootWitness.StartAsync(sway, "wanderer");
        var id = Assert.Single(await windows.ListAsync(Token)).Id;

        var moved = await windows.MoveAsync(id, 1280 + 125, 250, 500, 250, Token);
        Assert.Equal(new ScreenRectangle(1405, 250, 500, 250), moved.Bounds);

        await windows.MaximizeAsync(id, Token);
        Assert.Equal(new ScreenRectangle(1280, 0, 1000, 600), Assert.Single(await windows.ListAsync(Token)).Bounds);
    }

    [Fact]
    public async Task Fullscreen_window_should_be_brought_back_to_be_moved()
    {
        await using var foot = await FootWitness.StartAsync(sway, "full");
        var id = Assert.Single(await windows.ListAsync(Token)).Id;
        await sway.SwaymsgAsync("fullscreen enable");

        Assert.Equal(new ScreenRectangle(10, 20, 400, 300), (await windows.MoveAsync(id, 10, 20, 400, 300, Token)).Bounds);
    }

    [Fact]
    public async Task Close_should_end_the_program()
    {
        await using var foot = await FootWitness.StartAsync(sway, "closing");

        await windows.CloseAsync(Assert.Single(await windows.ListAsync(Token)).Id, Token);

        await Tests.Support.Eventually.TrueAsync(async () => (await windows.ListAsync(Token)).Count == 0, "the window is gone");
    }

    [Fact]
    public async Task Refused_command_should_be_an_error_with_sways_words()
    {
        var ipc = new SwaySocket(_ => Task.FromResult(sway.Variables["SWAYSOCK"]!));

        var refused = await Assert.ThrowsAsync<ActionFailedException>(() => ipc.RunAsync("no such command", Token));

        Assert.Contains("no such command", refused.Message);
    }

    [Fact]
    public async Task Foreign_toplevels_should_tell_titles_and_focus_and_close_and_refuse_what_they_cant()
    {
        await using var first = await FootWitness.StartAsync(sway, "first");
        await using var second = await FootWitness.StartAsync(sway, "second");
        var toplevels = new ToplevelWindows(session);
        // sway tells those that were there before in no particular order.
        var list = (await toplevels.ListAsync(Token)).OrderBy(window => window.Title).ToList();
        Assert.Equal(["first", "second"], list.Select(window => window.Title));
        Assert.All(list, window => Assert.Equal("foot", window.App));
        Assert.True(list[1].Focused);

        await toplevels.FocusAsync(list[0].Id, Token);
        Assert.Equal("first", await sway.FocusedTitleAsync());
        await Assert.ThrowsAsync<UnsupportedException>(() => toplevels.MoveAsync(list[0].Id, 0, 0, null, null, Token));
        await Assert.ThrowsAsync<ActionFailedException>(() => toplevels.MinimizeAsync(list[0].Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => toplevels.FocusAsync("toplevel-99", Token));

        await toplevels.CloseAsync(list[0].Id, Token);
        await Tests.Support.Eventually.TrueAsync(async () => (await toplevels.ListAsync(Token)).Count == 1, "the window is gone");
        Assert.Equal(list[1].Id, (await toplevels.ListAsync(Token))[0].Id);
    }
}
