using Sophon.Node.Platform.Linux.Wayland.Wlroots;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

[Trait("kind", "real")]
public sealed class WlrootsPointerSpecs
{
    [Fact]
    public async Task X()
    {
        await using var sway = await SwayServer.StartAsync("output HEADLESS-1 mode 1280x800 pos 0 0\noutput HEADLESS-2 mode 1000x600 pos 1280 0 scale 1.25", 2);
        using var session = new CompositorSession(sway.Environment);
        using var pointer = new WlrootsPointer(session, TimeProvider.System);
        var wev = sway.StartClient("stdbuf", "-oL", "wev");
        await wev.WaitForOutputAsync("xdg_toplevel");
        await sway.SwaymsgAsync("[app_id=wev] floating disable");
        await Task.Delay(500);
        await pointer.ClickAsync(new ScreenPoint(640, 401), PointerButton.Left, 2, default);
        await pointer.ScrollAsync(new ScreenPoint(641, 402), 30, 100, default);
        await pointer.ScrollAsync(new ScreenPoint(641, 402), 30, -60, default);
        await Task.Delay(500);
        Console.WriteLine(wev.Output);
        Console.WriteLine(await sway.SwaymsgAsync("-t", "get_seats"));
        Console.WriteLine(await sway.SwaymsgAsync("-t", "get_tree"));
    }
}
