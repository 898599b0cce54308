using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What one connection has set up: atoms, extensions, a hidden window. Ends with the connection.</summary>
sealed class X11Session : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<Type, object> parts = [];
    uint[] atoms = [];

    X11Session(X11Connection connection)
    {
        Connection = connection;
        HiddenWindow = connection.NewId();
    }

    public X11Connection Connection { get; }

    public uint Root => Connection.Screen.Root;

    /// <summary>Owns the clipboard and takes part in protocols that need a window.</summary>
    public uint HiddenWindow { get; }

    /// <summary>RANDR 1.5 or later: the server knows monitors.</summary>
    public bool HasMonitors { get; private set; }

    public uint this[XAtom atom] => atoms[(int)atom];

    public static async Task<X11Session> OpenAsync(DisplayAddress address, AuthorityFile authority, CancellationToken cancellationToken)
    {
        var connection = await X11Connection.OpenAsync(address, authority, cancellationToken);
        var session = new X11Session(connection);
        try
        {
            await session.PrepareAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's clock, in milliseconds: ICCCM wants true times where ownership is at stake.</summary>
    public async Task<uint> GetTimeAsync(CancellationToken cancellationToken)
    {
        // Adding nothing to a property of ours changes nothing, but the event about it carries the time.
        using var events = Connection.Listen(happened => happened is PropertyNotify change && change.Window == HiddenWindow && change.Property == this[XAtom.SOPHON_TIME]);
        Connection.Post(new ChangeProperty(HiddenWindow, this[XAtom.SOPHON_TIME], PredefinedAtom.Integer, 32, ReadOnlyMemory<byte>.Empty, Append: true));
        return ((PropertyNotify)await events.NextAsync(cancellationToken)).Time;
    }

    /// <summary>State that belongs to this connection, made when it is first needed.</summary>
    public T Part<T>(Func<X11Session, T> create) where T : class
    {
        lock (gate)
        {
            if (!parts.TryGetValue(typeof(T), out var part)) parts[typeof(T)] = part = create(this);
            return (T)part;
        }
    }

    public async ValueTask DisposeAsync()
    {
        object[] all;
        lock (gate) all = [.. parts.Values];
        foreach (var part in all)
        {
            if (part is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (part as IDisposable)?.Dispose();
        }

        await Connection.DisposeAsync();
    }

    async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Task<uint>[] names;
        Task<(uint, uint)> monitors = Task.FromResult((0u, 0u));
        var versions = new List<Task>();
        using (Connection.Hold())
        {
            names = [.. Enum.GetValues<XAtom>().Select(atom => Connection.RequestAsync(new InternAtom(atom.ProtocolName()), cancellationToken))];
            if (Connection.Has(Extension.RandR)) versions.Add(monitors = Connection.RequestAsync(QueryVersion.RandR, cancellationToken));
            if (Connection.Has(Extension.XFixes)) versions.Add(Connection.RequestAsync(QueryVersion.XFixes, cancellationToken));
            if (Connection.Has(Extension.Damage)) versions.Add(Connection.RequestAsync(QueryVersion.Damage, cancellationToken));
            if (Connection.Has(Extension.Xkb)) versions.Add(Connection.RequestAsync(new XkbUseExtension(), cancellationToken));
            versions.Add(Connection.SendAsync([new CreateHiddenWindow(HiddenWindow, Root, EventMask.PropertyChange)], cancellationToken));
        }

        atoms = await Task.WhenAll(names);
        await Task.WhenAll(versions);
        HasMonitors = (await monitors).CompareTo((1u, 5u)) >= 0;
    }
}
