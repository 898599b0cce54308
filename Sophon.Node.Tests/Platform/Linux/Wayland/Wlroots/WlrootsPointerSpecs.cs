using Sophon.Node.Platform.Linux.Wayland.Wlroots;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

[Trait("kind", "real")]
public sealed class WlrootsPointerSpecs
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Click_should_land_on_the_exact_pixel_with_the_asked_button_from_the_first_on()
    {
        await using var sway = await SwayServer.StartAsync();
        using var session = new CompositorSession(sway.Environment);
        using var pointer = new WlrootsPointer(session, TimeProvider.System);
        var witness = await WevWitness.StartAsync(sway);

        await pointer.ClickAsync(new ScreenPoint(640, 401), PointerButton.Left, 1, Token);
        await witness.SeesAsync("motion 640,401", "press left", "release left");
        await pointer.ClickAsync(new ScreenPoint(0, 0), PointerButton.Right, 1, Token);
        await witness.SeesAsync("motion 0,0", "press right", "release right");
        await pointer.ClickAsync(new ScreenPoint(1279, 799), PointerButton.Middle, 2, Token);
        await witness.SeesAsync("motion 1279,799", "press middle", "release middle", "press middle", "release middle");
    }

    [Fact]
    public async Task Wheel_should_turn_by_steps_of_40_pixels_and_keep_the_rest()
    {
        await using var sway = await SwayServer.StartAsync();
        using var session = new CompositorSession(sway.Environment);
        using var pointer = new WlrootsPointer(session, TimeProvider.System);
        var witness = await WevWitness.StartAsync(sway);
        var point = new ScreenPoint(300, 300);

        await pointer.ScrollAsync(point, 30, 100, Token);
        await witness.SeesAsync("motion 300,300", "wheel vertical 2");
        await pointer.ScrollAsync(point, 30, -60, Token);
        await witness.SeesAsync("wheel vertical -1", "wheel horizontal 1");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.25")]
    [InlineData("1.5")]
    [InlineData("2")]
    public async Task Pointer_should_reach_each_pixel_of_a_scaled_second_monitor(string scale)
    {
        await using var sway = await SwayServer.StartAsync($"""
            output HEADLESS-1 mode 1280x800 pos 0 0
            output HEADLESS-2 mode 1000x600 pos 1280 0 scale {scale}
            workspace 1 output HEADLESS-1
            workspace 2 output HEADLESS-2
            """, outputs: 2);
        await sway.SwaymsgAsync("workspace 2");
        using var session = new CompositorSession(sway.Environment);
        using var pointer = new WlrootsPointer(session, TimeProvider.System);
        var witness = await WevWitness.StartAsync(sway);
        var factor = double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture);

        foreach (var (x, y) in new[] { (0, 0), (1, 1), (2, 3), (501, 333), (998, 598), (998, 599) })
        {
            await pointer.MoveAsync(new ScreenPoint(1280 + x, y), Token);

            await witness.IsAtAsync(x, y, factor);
        }
    }

    [Fact]
    public async Task A_point_between_monitors_should_be_refused()
    {
        await using var sway = await SwayServer.StartAsync("output HEADLESS-1 mode 800x600 pos 0 0\noutput HEADLESS-2 mode 800x600 pos 900 0", outputs: 2);
        using var session = new CompositorSession(sway.Environment);
        using var pointer = new WlrootsPointer(session, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidInputException>(() => pointer.MoveAsync(new ScreenPoint(850, 10), Token));
    }
}
