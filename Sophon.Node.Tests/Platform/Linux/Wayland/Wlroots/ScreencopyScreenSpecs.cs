using Sophon.Node.Platform.Linux.Wayland.Tools;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

/// <summary>Both ways to the same pixels: screencopy and grim have to agree on any scale and rotation.</summary>
[Trait("kind", "real")]
public sealed class ScreencopyScreenSpecs
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static GrimScreen Grim(SwayServer sway)
    {
        var helpers = new WaylandHelpers(sway.Environment);
        return new GrimScreen(helpers, new SwaymsgIpc(helpers));
    }

    static bool Same(PixelImage one, PixelImage other) => TestPictures.CountDifferences(one, other) == 0;

    [Fact]
    public async Task Capture_should_show_the_known_pattern_pixel_for_pixel()
    {
        await using var sway = await SwayServer.StartAsync();
        using var session = new CompositorSession(sway.Environment);
        var pattern = TestPictures.Pattern(1280, 800);
        await sway.ShowPictureAsync(pattern);

        foreach (var screen in new IScreen[] { new ScreencopyScreen(session), Grim(sway) })
        {
            Assert.Equal(new ScreenRectangle(0, 0, 1280, 800), (await screen.GetMonitorsAsync(Token)).Primary.Bounds);
            foreach (var area in new ScreenRectangle[] { new(0, 0, 1280, 800), new(100, 200, 64, 32), new(1279, 799, 1, 1), new(0, 799, 1280, 1) })
            {
                var expected = TestPictures.Crop(pattern, area);
                await Eventually.TrueAsync(async () => Same(await screen.CaptureAsync(area, Token), expected), $"the pattern at {area} by {screen.GetType().Name}");
            }
        }
    }

    [Theory]
    [InlineData("90")]
    [InlineData("180")]
    [InlineData("270")]
    [InlineData("flipped")]
    [InlineData("flipped-90")]
    public async Task Capture_should_show_a_turned_monitor_upright(string transform)
    {
        await using var sway = await SwayServer.StartAsync($"output HEADLESS-1 mode 1280x800 pos 0 0 transform {transform}");
        using var session = new CompositorSession(sway.Environment);
        var pattern = TestPictures.Pattern(1280, 1280);
        await sway.ShowPictureAsync(pattern);
        var screen = new ScreencopyScreen(session);
        var all = (await screen.GetMonitorsAsync(Token)).Bounds;
        Assert.Equal(transform is "90" or "270" or "flipped-90" ? (800, 1280) : (1280, 800), (all.Width, all.Height));

        await Eventually.TrueAsync(async () => Same(await screen.CaptureAsync(all, Token), TestPictures.Crop(pattern, all)), "the pattern, upright");
    }

    // Modes that divide evenly by the scales: else grim itself resamples.
    [Theory]
    [InlineData("1", "normal", "1.25", "normal")]
    [InlineData("1.5", "90", "2", "270")]
    [InlineData("1", "180", "1.25", "flipped-90")]
    [InlineData("2", "flipped", "1", "flipped-270")]
    [InlineData("1", "90", "1", "flipped-180")]
    public async Task Native_and_grim_should_agree_on_mixed_scales_and_rotations(string scale1, string transform1, string scale2, string transform2)
    {
        await using var sway = await SwayServer.StartAsync(
            $"""
            output HEADLESS-1 mode 1200x900 pos 0 0 scale {scale1} transform {transform1}
            output HEADLESS-2 mode 1000x600 pos 1300 40 scale {scale2} transform {transform2}
            """,
            outputs: 2);
        await sway.SwaymsgAsync($"output * bg {await sway.WritePictureAsync(TestPictures.Pattern(1280, 800))} tile");
        using var session = new CompositorSession(sway.Environment);
        var native = new ScreencopyScreen(session);
        var grim = Grim(sway);

        var layout = await native.GetMonitorsAsync(Token);
        Assert.Equal(layout.Monitors.Select(m => (m.Id, m.Bounds, m.ScaleFactor)), (await grim.GetMonitorsAsync(Token)).Monitors.Select(m => (m.Id, m.Bounds, m.ScaleFactor)));
        Assert.Equal(2, layout.Monitors.Count);
        foreach (var monitor in layout.Monitors)
        {
            var scale = monitor.Id == "HEADLESS-1" ? scale1 : scale2;
            Assert.Equal(double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture), monitor.ScaleFactor);
        }

        var all = layout.Bounds;
        await Eventually.TrueAsync(async () => Same(await native.CaptureAsync(all, Token), await grim.CaptureAsync(all, Token)), "both backends show the same");
        var odd = new ScreenRectangle(all.X + 37, all.Y + 41, all.Width - 101, all.Height - 90);
        var image = await native.CaptureAsync(odd, Token);
        Assert.Equal((await grim.CaptureAsync(odd, Token)).Bgra.ToArray(), image.Bgra.ToArray());
        Assert.True(image.Bgra.ToArray().Distinct().Count() > 100, "the picture has a pattern");
    }

    [Fact]
    public async Task Monitors_should_follow_what_is_plugged_in_and_moved()
    {
        await using var sway = await SwayServer.StartAsync();
        using var session = new CompositorSession(sway.Environment);
        var screen = new ScreencopyScreen(session);
        Assert.Single((await screen.GetMonitorsAsync(Token)).Monitors);

        await sway.SwaymsgAsync("create_output");
        await sway.SwaymsgAsync("output HEADLESS-2 mode 640x480 pos 1280 0");
        var two = await screen.GetMonitorsAsync(Token);
        Assert.Equal(new ScreenRectangle(1280, 0, 640, 480), two.Monitors.Single(m => m.Id == "HEADLESS-2").Bounds);
        Assert.Equal(640 * 480 * 4, (await screen.CaptureAsync(two.Monitors[1].Bounds, Token)).Bgra.Length);

        // sway 1.7 can't take a headless output away again; moving it has to show as well.
        await sway.SwaymsgAsync("output HEADLESS-2 pos 0 800 scale 2");
        await Eventually.TrueAsync(
            async () => (await screen.GetMonitorsAsync(Token)).Monitors.Any(m => m is { Id: "HEADLESS-2", ScaleFactor: 2, Bounds: { X: 0, Y: 800, Width: 640 } }),
            "the monitor moved");
    }
}
