using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland;

[SupportedOSPlatform("linux")]
public sealed class WaylandNativeContractSpecs : DesktopContract
{
    protected override async Task<IDesktopFixture> StartAsync(bool windowManager)
    {
        var sway = await SwayServer.StartAsync(SwayDesktop.Config);
        return new SwayDesktop(sway, new WaylandNativeDesktop(sway.Environment));
    }
}
