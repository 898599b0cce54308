using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The keyboard as one connection knows it: the map, read again when the server says that it changed, and borrowed keys.</summary>
sealed class KeyboardSession : IAsyncDisposable
{
    readonly X11Session session;
    readonly EventQueue changes;
    volatile bool stale = true;
    Keymap? keymap;

    KeyboardSession(X11Session session)
    {
        this.session = session;
        changes = session.Connection.Listen(happened =>
        {
            if (happened is KeymapChanged) stale = true;
            return false;
        });
        Borrowing = new KeyBorrowing(session);
    }

    /// <summary>One gesture at a time: gestures of two callers must not mix.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public KeyBorrowing Borrowing { get; }

    public static KeyboardSession Of(X11Session session) => session.Part(own => new KeyboardSession(own));

    /// <summary>The map and what the keyboard is doing, in one round trip when the map is known.</summary>
    /// <exception cref="UnsupportedException">The server lacks XKEYBOARD or XTEST.</exception>
    public async Task<(Keymap Keymap, KeyboardState State)> ReadAsync(CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        connection.Codes(Extension.XTest);
        if (keymap is null)
        {
            await connection.SendAsync([new XkbSelectMapEvents()], cancellationToken);
            await Borrowing.ReclaimAsync(await ReadMapAsync(cancellationToken), cancellationToken);
        }

        if (stale || keymap is null) keymap = await ReadMapAsync(cancellationToken);

        Task<XkbState> state;
        Task<byte[]> down;
        using (connection.Hold())
        {
            state = connection.RequestAsync(new XkbGetState(), cancellationToken);
            down = connection.RequestAsync(new QueryKeymap(), cancellationToken);
        }

        var (now, keys) = (await state, await down);
        return (keymap, new KeyboardState(now.Group, now.LockedGroup, now.LockedModifiers,
            now.BaseModifiers == 0 ? [] : keymap.HeldModifiers(keys)));
    }

    public async ValueTask DisposeAsync()
    {
        await Borrowing.DisposeAsync();
        changes.Dispose();
    }

    async Task<Keymap> ReadMapAsync(CancellationToken cancellationToken)
    {
        // Cleared first: a change that comes while the map is on its way makes it stale again.
        stale = false;
        return new Keymap(await session.Connection.RequestAsync(new XkbGetMap(), cancellationToken));
    }
}
