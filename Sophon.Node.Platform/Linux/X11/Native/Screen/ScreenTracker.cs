using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Asks the server what was drawn, and keeps the answer by tile. Made with the first capture that wants a revision.</summary>
sealed class ScreenTracker : IDisposable
{
    // Unique across connections and Nodes, so that a revision of another one is never taken for ours.
    static long lastRevision = DateTime.UtcNow.Ticks;

    readonly X11Session session;
    readonly SemaphoreSlim turn = new(1, 1);
    readonly ChangeGrid drawn = new(), pointed = new();
    readonly uint damage, parts;
    readonly long first;
    CursorImage? pointer;

    ScreenTracker(X11Session session)
    {
        this.session = session;
        (damage, parts, first) = (session.Connection.NewId(), session.Connection.NewId(), Interlocked.Increment(ref lastRevision));
        session.Connection.Post(new CreateDamage(damage, session.Root));
        session.Connection.Post(new CreateRegion(parts));
    }

    public static bool Works(X11Session session) => session.Connection.Has(Extension.Damage) && session.Connection.Has(Extension.XFixes);

    public static ScreenTracker Of(X11Session session) => session.Part(own => new ScreenTracker(own));

    /// <summary>
    /// Takes note of everything drawn so far, and sends <paramref name="alongside"/> in the same write: what the server draws
    /// in between belongs to the next revision.
    /// </summary>
    public async Task<(long Revision, CursorImage? Pointer, T Result)> AdvanceAsync<T>(bool withPointer, Func<Task<T>> alongside, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var connection = session.Connection;
            Task<IReadOnlyList<ScreenRectangle>> rectangles;
            Task<CursorImage>? cursor = null;
            Task<T> result;
            using (connection.Hold())
            {
                connection.Post(new SubtractDamage(damage, parts));
                rectangles = connection.RequestAsync(new FetchRegion(parts), CancellationToken.None);
                if (withPointer) cursor = connection.RequestAsync(new GetCursorImage(), CancellationToken.None);
                result = alongside();
            }

            // Not cancelled in between: what was fetched is nowhere else any more.
            var revision = Interlocked.Increment(ref lastRevision);
            foreach (var rectangle in await rectangles) drawn.Mark(rectangle, revision);
            if (cursor is not null) Point(await cursor, revision);
            return (revision, pointer, await result);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<IReadOnlyList<ScreenRectangle>?> SinceAsync(long since, ScreenRectangle area, bool withPointer, CancellationToken cancellationToken)
    {
        if (since <= first || since > Interlocked.Read(ref lastRevision)) return null;

        await AdvanceAsync(withPointer, () => Task.FromResult(true), cancellationToken);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var changes = drawn.Since(since, area);
            return withPointer ? [.. changes, .. pointed.Since(since, area)] : changes;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    void Point(CursorImage now, long revision)
    {
        if (pointer is { } before && (before.X, before.Y, before.Serial) == (now.X, now.Y, now.Serial)) return;
        if (pointer is not null) pointed.Mark(Bounds(pointer), revision);
        pointed.Mark(Bounds(now), revision);
        pointer = now;
    }

    static ScreenRectangle Bounds(CursorImage cursor) => new(cursor.X, cursor.Y, cursor.Width, cursor.Height);
}
