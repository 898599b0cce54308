using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

/// <summary>An X server with a window manager, and our client.</summary>
public sealed class NativeFixture : IAsyncLifetime
{
    public XvfbServer Server { get; private set; } = null!;

    internal X11Display Display { get; private set; } = null!;

    internal Task<X11Session> SessionAsync() => Display.GetSessionAsync(CancellationToken.None).AsTask();

    public async ValueTask InitializeAsync()
    {
        Server = await XvfbServer.StartAsync(windowManager: true);
        Display = new X11Display(Server.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await Display.DisposeAsync();
        await Server.DisposeAsync();
    }
}
