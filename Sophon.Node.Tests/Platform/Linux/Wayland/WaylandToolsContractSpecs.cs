using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland;

/// <summary>Real grim, wtype, wl-clipboard and swaymsg; ydotool is a fake, for there is no uinput here.</summary>
[SupportedOSPlatform("linux")]
public sealed class WaylandToolsContractSpecs : DesktopContract
{
    protected override async Task<IDesktopFixture> StartAsync(bool windowManager)
    {
        var sway = await SwayServer.StartAsync(SwayDesktop.Config);
        var ydotool = FakeYdotool.Modern(sway);
        // The fake moves sway's cursor; that a seat has a pointer at all is what uinput would bring.
        var mouse = new CompositorSession(sway.Environment);
        return new SwayDesktop(
            sway, new WaylandToolsDesktop(sway.Environment, ydotool.Setup(), TimeProvider.System),
            async () => await (await mouse.ConnectAsync(CancellationToken.None)).GetPointerAsync(CancellationToken.None),
            ydotool, mouse);
    }
}
