using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools;

[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class TwoMonitorsSpecs
{
    [Fact]
    public async Task Two_hundred_clicks_should_arrive_at_exactly_their_points()
    {
        await using var server = await XvfbServer.StartAsync(width: 1920, height: 800);
        await server.SetTwoMonitorsAsync(leftWidth: 640);
        await using var desktop = new X11ToolsDesktop(server.Environment);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var layout = await desktop.Screen.GetMonitorsAsync(deadline.Token);
        await using var witness = await ClickWitness.StartAsync(server);
        var random = new Random(20);

        var points = Enumerable.Range(0, 200).Select(i => RandomPoint(layout.Monitors[i % 2].Bounds, random)).ToList();
        foreach (var point in points)
        {
            Assert.True(layout.Contains(point));
            await desktop.Pointer.ClickAsync(point, PointerButton.Left, 1, deadline.Token);
        }

        var events = await witness.WaitForAsync(400);
        Assert.Equal(points, events.Where(e => e.Pressed).Select(e => new ScreenPoint(e.X, e.Y)));
    }

    [Fact]
    public async Task Monitor_at_the_left_of_the_primary_should_begin_at_zero()
    {
        await using var server = await XvfbServer.StartAsync();
        await server.SetTwoMonitorsAsync(leftWidth: 500);
        await using var desktop = new X11ToolsDesktop(server.Environment);

        var layout = await desktop.Screen.GetMonitorsAsync(CancellationToken.None);

        Assert.Equal(("R", new ScreenRectangle(500, 0, 780, 800)), (layout.Primary.Name, layout.Primary.Bounds));
        Assert.Equal(new ScreenRectangle(0, 0, 500, 800), Assert.Single(layout.Monitors, monitor => monitor.Name == "L").Bounds);
    }

    static ScreenPoint RandomPoint(ScreenRectangle area, Random random) =>
        new(random.Next(area.X, area.Right), random.Next(area.Y, area.Bottom));
}
