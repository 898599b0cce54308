using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Tools;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools;

[SupportedOSPlatform("linux")]
public sealed class X11ToolsContractSpecs : DesktopContract
{
    protected override async Task<IDesktopFixture> StartAsync(bool windowManager) =>
        await XvfbDesktop.StartAsync(environment => new X11ToolsDesktop(environment), windowManager);
}
