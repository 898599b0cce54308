using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;

/// <summary>The way to the compositor that is there now: connects at the first call, and again at the first call after it went.</summary>
sealed class CompositorSession(WaylandEnvironment environment) : IDisposable
{
    readonly SemaphoreSlim gate = new(1);
    CompositorClient? current;

    public WaylandEnvironment Environment => environment;

    /// <exception cref="DisplayUnavailableException">No compositor answers.</exception>
    public async Task<CompositorClient> ConnectAsync(CancellationToken cancellationToken)
    {
        if (current is { Connection.IsAlive: true } alive) return alive;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is { Connection.IsAlive: true } other) return other;
            current?.Dispose();
            current = null;
            return current = await OpenFirstAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        gate.Dispose();
    }

    async Task<CompositorClient> OpenFirstAsync(CancellationToken cancellationToken)
    {
        DisplayUnavailableException? reason = null;
        foreach (var path in environment.SocketCandidates)
        {
            try
            {
                return await CompositorClient.OpenAsync(path, cancellationToken);
            }
            catch (DisplayUnavailableException exception)
            {
                reason ??= exception;
            }
        }

        throw reason ?? WaylandEndpoint.NotFound(environment, null);
    }
}
