using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Shared segments that the server has attached, used again and grown only.</summary>
[SupportedOSPlatform("linux")]
sealed class SegmentPool : IDisposable
{
    // One for the viewer and one for a command; more are let go of.
    const int Kept = 2;

    readonly X11Connection connection;
    readonly Lock gate = new();
    readonly Stack<Segment> free = [];
    bool works;
    bool closed;

    SegmentPool(X11Session session)
    {
        connection = session.Connection;
        works = connection.IsLocal && connection.Has(Extension.Shm);
    }

    public static SegmentPool Of(X11Session session) => session.Part(own => new SegmentPool(own));

    /// <summary>A segment of at least <paramref name="size"/> bytes; null where memory can't be shared with the server.</summary>
    public async ValueTask<Segment?> RentAsync(int size, CancellationToken cancellationToken)
    {
        if (!works) return null;

        Segment? small = null;
        lock (gate)
        {
            if (free.TryPop(out var segment))
            {
                if (segment.Memory.Size >= size) return segment;
                small = segment;
            }
        }

        small?.Release();
        return await AttachAsync(size, cancellationToken);
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            while (free.TryPop(out var segment)) segment.Release();
        }
    }

    async Task<Segment?> AttachAsync(int size, CancellationToken cancellationToken)
    {
        if (SharedMemory.TryCreate(size) is not { } memory) return null;

        var segment = new Segment(this, memory, connection.NewId());
        try
        {
            await connection.SendAsync([new ShmAttach(segment.Id, memory.Id)], cancellationToken);
            return segment;
        }
        catch (X11ErrorException)
        {
            // The server is in another IPC namespace, or runs as somebody who may not read our memory.
            works = false;
            segment.Release();
            return null;
        }
        catch
        {
            segment.Release();
            throw;
        }
        finally
        {
            memory.Unlink();
        }
    }

    void Return(Segment segment)
    {
        lock (gate)
        {
            if (!closed && free.Count < Kept)
            {
                free.Push(segment);
                return;
            }
        }

        segment.Release();
    }

    /// <summary>One segment; disposing it gives it back to the pool.</summary>
    public sealed class Segment(SegmentPool pool, SharedMemory memory, uint id)
    {
        /// <summary>The server's name for it.</summary>
        public uint Id { get; } = id;

        public SharedMemory Memory { get; } = memory;

        /// <summary>A right to use it that ends once, however often it is disposed.</summary>
        public IDisposable Lease() => new Once(() => pool.Return(this));

        public void Release()
        {
            pool.connection.TryPost(new ShmDetach(Id));
            ((IDisposable)Memory).Dispose();
        }
    }

    sealed class Once(Action action) : IDisposable
    {
        Action? pending = action;

        public void Dispose() => Interlocked.Exchange(ref pending, null)?.Invoke();
    }
}
