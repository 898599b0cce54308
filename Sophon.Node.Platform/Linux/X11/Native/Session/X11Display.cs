using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The X server that DISPLAY names: connected when first needed, and again after it has been away.</summary>
sealed class X11Display(X11Environment environment) : IAsyncDisposable
{
    readonly SemaphoreSlim connecting = new(1, 1);
    X11Session? session;
    bool disposed;

    /// <summary>The session of a living connection.</summary>
    /// <exception cref="DisplayUnavailableException">There is no server, or it refuses us.</exception>
    public async ValueTask<X11Session> GetSessionAsync(CancellationToken cancellationToken)
    {
        if (session is { Connection.IsAlive: true } living) return living;

        await connecting.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (session is { Connection.IsAlive: true } opened) return opened;
            if (session is { } dead)
            {
                session = null;
                await dead.DisposeAsync();
            }

            return session = await X11Session.OpenAsync(Address(), AuthorityFile.Load(environment.XAuthority), cancellationToken);
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Runs one call of a port; what the server refuses becomes an error of the port.</summary>
    public async Task<T> RunAsync<T>(Func<X11Session, Task<T>> call, CancellationToken cancellationToken)
    {
        var living = await GetSessionAsync(cancellationToken);
        try
        {
            return await call(living);
        }
        catch (X11ErrorException e)
        {
            throw new ActionFailedException(e.Message, e);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<X11Session, Task> call, CancellationToken cancellationToken) =>
        RunAsync(async living =>
        {
            await call(living);
            return true;
        }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await connecting.WaitAsync();
        try
        {
            disposed = true;
            if (session is not null) await session.DisposeAsync();
            session = null;
        }
        finally
        {
            connecting.Release();
        }
    }

    DisplayAddress Address()
    {
        if (environment.Display is not { } display)
            throw new DisplayUnavailableException("DISPLAY is not set: the Node was started outside of a desktop session.");
        return DisplayAddress.TryParse(display, out var address)
            ? address
            : throw new DisplayUnavailableException($"DISPLAY is \"{display}\"; it takes [host]:number, e.g. \":0\".");
    }
}
