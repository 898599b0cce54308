namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>The client's side of one protocol object. A subclass is one interface: its requests as methods, its events in <see cref="OnEvent"/>.</summary>
abstract class WaylandObject(WaylandConnection connection)
{
    /// <summary>0 until a request has created it.</summary>
    public uint Id { get; internal set; }

    public WaylandConnection Connection { get; } = connection;

    /// <summary>Called on the connection's reader, one event at a time; must not block.</summary>
    public virtual void OnEvent(ushort opcode, ref EventReader arguments)
    {
    }

    protected void Send(ushort opcode, params ReadOnlySpan<Argument> arguments) => Connection.Send(this, opcode, arguments);

    /// <summary>Sends a request that creates <paramref name="created"/>, which stands among the arguments as <see cref="Argument.New"/>.</summary>
    protected T Create<T>(T created, ushort opcode, params ReadOnlySpan<Argument> arguments)
        where T : WaylandObject
    {
        Connection.Send(this, opcode, arguments);
        return created;
    }
}
