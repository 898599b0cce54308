using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Native;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

[SupportedOSPlatform("linux")]
public sealed class X11NativeContractSpecs : DesktopContract
{
    protected override async Task<IDesktopFixture> StartAsync(bool windowManager) =>
        await XvfbDesktop.StartAsync(environment => new X11NativeDesktop(environment), windowManager);
}
