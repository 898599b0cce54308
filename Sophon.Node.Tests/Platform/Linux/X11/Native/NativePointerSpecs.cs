using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

[Trait("kind", "real")]
public class NativePointerSpecs
{
    [Fact]
    public async Task Clicks_should_be_seen_at_exactly_their_points_on_two_monitors()
    {
        await using var server = await XvfbServer.StartAsync();
        await server.SetTwoMonitorsAsync();
        await using var display = new X11Display(server.Environment);
        await using var witness = await ClickWitness.StartAsync(server);
        var pointer = new NativePointer(display);
        var random = new Random(7);
        var points = Enumerable.Range(0, 200).Select(_ => new ScreenPoint(random.Next(server.Width), random.Next(server.Height))).ToList();

        for (var i = 0; i < points.Count; i++) await pointer.ClickAsync(points[i], (PointerButton)(i % 3), clicks: 1, CancellationToken.None);

        var events = await witness.WaitForAsync(points.Count * 2);
        int[] codes = [1, 3, 2];
        Assert.Equal(
            points.SelectMany((point, i) => new[] { true, false }.Select(pressed => new ClickWitness.ButtonEvent(pressed, codes[i % 3], point.X, point.Y))),
            events);
    }

    [Fact]
    public async Task A_double_click_should_be_two_clicks_and_the_wheel_should_keep_what_is_less_than_a_step()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var display = new X11Display(server.Environment);
        await using var witness = await ClickWitness.StartAsync(server);
        var pointer = new NativePointer(display);
        var at = new ScreenPoint(50, 60);

        await pointer.ClickAsync(at, PointerButton.Left, clicks: 2, CancellationToken.None);
        await pointer.ScrollAsync(at, 0, 100, CancellationToken.None);
        await pointer.ScrollAsync(at, -40, 20, CancellationToken.None);
        await pointer.ScrollAsync(at, 0, -40, CancellationToken.None);

        var presses = (await witness.WaitForAsync(14)).Where(happened => happened.Pressed).Select(happened => happened.Button);
        Assert.Equal([1, 1, 5, 5, 5, 6, 4], presses);
    }
}
