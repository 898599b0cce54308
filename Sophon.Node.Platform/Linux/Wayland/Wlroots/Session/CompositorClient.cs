using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;

/// <summary>One connection with the globals that the ports need and the input devices that stay plugged in while it lives.</summary>
sealed class CompositorClient : IDisposable
{
    // Clients learn of a seat's first keyboard or pointer by an event and have to ask for it: what is sent before that is lost on them.
    static readonly TimeSpan NewCapabilityGrace = TimeSpan.FromMilliseconds(250);

    readonly WaylandConnection connection;
    readonly OutputRegistry outputs;
    readonly SemaphoreSlim devices = new(1);
    VirtualPointer? pointer;
    VirtualKeyboard? keyboard;

    CompositorClient(WaylandConnection connection)
    {
        this.connection = connection;
        outputs = new OutputRegistry(connection, Bind(XdgOutputManager.Interface, 3, c => new XdgOutputManager(c)));
        Seat = Bind(Seat.Interface, 3, c => new Seat(c));
        Shm = Bind(ShmGlobal.Interface, 1, c => new ShmGlobal(c));
        Screencopy = Bind(ScreencopyManager.Interface, 3, c => new ScreencopyManager(c));
        Toplevels = Bind(ForeignToplevelManager.Interface, 3, c => new ForeignToplevelManager(c));
        DataControl = Bind(DataControlManager.Interface, 1, c => new DataControlManager(c))
            ?? Bind(DataControlManager.WlrInterface, 2, c => new DataControlManager(c));
        if (Seat is not null) Clipboard = DataControl?.GetDevice(Seat);
    }

    public WaylandConnection Connection => connection;

    public Seat? Seat { get; }

    public ShmGlobal? Shm { get; }

    public ScreencopyManager? Screencopy { get; }

    public ForeignToplevelManager? Toplevels { get; }

    public DataControlManager? DataControl { get; }

    public DataDevice? Clipboard { get; }

    public static async Task<CompositorClient> OpenAsync(string socketPath, CancellationToken cancellationToken)
    {
        var connection = await WaylandConnection.OpenAsync(socketPath, cancellationToken);
        try
        {
            var client = new CompositorClient(connection);
            await connection.RoundtripAsync(cancellationToken);
            return client;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The monitors as they are now, with the objects to capture them by.</summary>
    public Task<OutputSnapshot> GetOutputsAsync(CancellationToken cancellationToken) => outputs.SnapshotAsync(cancellationToken);

    public async Task<VirtualPointer> GetPointerAsync(CancellationToken cancellationToken)
    {
        await devices.WaitAsync(cancellationToken);
        try
        {
            return pointer ??= await PlugInAsync(
                SeatCapabilities.Pointer, Bind(VirtualPointerManager.Interface, 1, c => new VirtualPointerManager(c)),
                VirtualPointerManager.Interface, (manager, seat) => manager.CreatePointer(seat), cancellationToken);
        }
        finally
        {
            devices.Release();
        }
    }

    public bool HasKeyboard => Seat?.Capabilities.HasFlag(SeatCapabilities.Keyboard) == true;

    /// <summary>The keymap of the seat's keyboards.</summary>
    /// <exception cref="UnsupportedException">The seat has no keyboard.</exception>
    public async Task<byte[]> GetKeymapAsync(CancellationToken cancellationToken)
    {
        var seat = Require(Seat, Seat.Interface);
        if (!HasKeyboard) throw new UnsupportedException("The seat has no keyboard.");
        var asked = seat.GetKeyboard();
        try
        {
            return await connection.ReplyAsync(asked.Keymap, cancellationToken);
        }
        finally
        {
            if (connection.IsAlive) asked.Release();
        }
    }

    /// <param name="prepare">Called with a new keyboard before anybody can see it: it needs a keymap.</param>
    public async Task<VirtualKeyboard> GetKeyboardAsync(Action<VirtualKeyboard> prepare, CancellationToken cancellationToken)
    {
        await devices.WaitAsync(cancellationToken);
        try
        {
            return keyboard ??= await PlugInAsync(
                SeatCapabilities.Keyboard, Bind(VirtualKeyboardManager.Interface, 1, c => new VirtualKeyboardManager(c)),
                VirtualKeyboardManager.Interface,
                (manager, seat) =>
                {
                    var created = manager.CreateKeyboard(seat);
                    prepare(created);
                    return created;
                },
                cancellationToken);
        }
        finally
        {
            devices.Release();
        }
    }

    public bool Offers(string protocol) => connection.Registry.Globals.Any(global => global.Interface == protocol);

    /// <exception cref="UnsupportedException"><paramref name="bound"/> is null: the compositor lacks that protocol.</exception>
    public static T Require<T>(T? bound, string protocol)
        where T : class =>
        bound ?? throw new UnsupportedException(
            $"This compositor does not offer {protocol}; sway and other compositors built on wlroots do, GNOME and KDE are reached through xdg-desktop-portal.");

    public void Dispose()
    {
        connection.Dispose();
        outputs.Dispose();
        devices.Dispose();
    }

    async Task<TDevice> PlugInAsync<TManager, TDevice>(
        SeatCapabilities capability, TManager? manager, string protocol, Func<TManager, Seat, TDevice> create, CancellationToken cancellationToken)
        where TManager : WaylandObject
    {
        var seat = Require(Seat, Seat.Interface);
        var hadOne = seat.Capabilities.HasFlag(capability);
        var device = create(Require(manager, protocol), seat);
        await connection.RoundtripAsync(cancellationToken);
        if (!hadOne) await Task.Delay(NewCapabilityGrace, cancellationToken);
        return device;
    }

    T? Bind<T>(string @interface, uint version, Func<WaylandConnection, T> create)
        where T : WaylandObject =>
        connection.Registry.Globals.FirstOrDefault(global => global.Interface == @interface) is { Interface: not null } global
            ? connection.Registry.Bind(global, version, create(connection))
            : null;
}
