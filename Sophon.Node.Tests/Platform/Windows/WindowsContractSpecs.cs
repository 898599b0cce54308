using Sophon.Node.Tests.Platform.Windows.Wine;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows;

/// <summary>The contract on WindowsDesktop, published for win-x64, under Wine.</summary>
[Collection(WinePrefix.Collection)]
[Trait("kind", "wine")]
public sealed class WindowsContractSpecs(WinePrefix prefix) : DesktopContract
{
    protected override async Task<IDesktopFixture> StartAsync(bool windowManager) => await WineFixture.StartAsync(prefix, windowManager);
}
