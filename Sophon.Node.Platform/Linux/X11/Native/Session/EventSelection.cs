using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Which events we ask each window for. A window has one mask per client, so several wishes are joined.</summary>
sealed class EventSelection
{
    readonly X11Connection connection;
    readonly Lock gate = new();
    readonly Dictionary<uint, List<Wish>> wishes = [];

    EventSelection(X11Session session) => connection = session.Connection;

    public static EventSelection Of(X11Session session) => session.Part(own => new EventSelection(own));

    /// <summary>Asks for events until disposed. A window that is gone sends none.</summary>
    public IDisposable Want(uint window, EventMask mask)
    {
        var wish = new Wish(this, window, mask);
        lock (gate)
        {
            if (!wishes.TryGetValue(window, out var all)) wishes[window] = all = [];
            all.Add(wish);
            connection.Post(new SelectEvents(window, Mask(all)));
        }

        return wish;
    }

    void Remove(Wish wish)
    {
        lock (gate)
        {
            var all = wishes[wish.Window];
            all.Remove(wish);
            if (all.Count == 0) wishes.Remove(wish.Window);
            connection.TryPost(new SelectEvents(wish.Window, Mask(all)));
        }
    }

    static EventMask Mask(List<Wish> all) => all.Aggregate(EventMask.None, (mask, wish) => mask | wish.Mask);

    sealed class Wish(EventSelection selection, uint window, EventMask mask) : IDisposable
    {
        bool disposed;

        public uint Window { get; } = window;

        public EventMask Mask { get; } = mask;

        public void Dispose()
        {
            if (!disposed) selection.Remove(this);
            disposed = true;
        }
    }
}
