using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Events in the order in which the server sent them. Dispose it to stop listening.</summary>
sealed class EventQueue(Func<XEvent, bool> filter, Action<EventQueue> onDispose) : IDisposable
{
    // Far more than any listener leaves unread; a bound all the same, because a client can send events at will.
    const int Capacity = 4096;

    readonly Channel<XEvent> channel = Channel.CreateBounded<XEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });

    /// <summary>The next event.</summary>
    /// <exception cref="Sophon.Node.Platform.Ports.DisplayUnavailableException">The connection ended.</exception>
    public async ValueTask<XEvent> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e) when (e.InnerException is { } cause)
        {
            throw cause;
        }
    }

    /// <summary>The next event, or null when none comes within <paramref name="patience"/>.</summary>
    public async ValueTask<XEvent?> NextWithinAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (channel.Reader.TryRead(out var ready)) return ready;
        if (patience <= TimeSpan.Zero) return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await NextAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Every event until the connection ends.</summary>
    public async IAsyncEnumerable<XEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true) yield return await NextAsync(cancellationToken);
    }

    internal void Offer(XEvent happened)
    {
        if (filter(happened)) channel.Writer.TryWrite(happened);
    }

    internal void Fail(Exception cause) => channel.Writer.TryComplete(cause);

    public void Dispose() => onDispose(this);
}
