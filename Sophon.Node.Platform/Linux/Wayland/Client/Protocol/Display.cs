namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>wl_display</c>, the object that exists from the start.</summary>
sealed class Display(WaylandConnection connection) : WaylandObject(connection)
{
    public Callback Sync()
    {
        var callback = new Callback(Connection);
        return Create(callback, 0, Argument.New(callback));
    }

    public Registry GetRegistry()
    {
        var registry = new Registry(Connection);
        return Create(registry, 1, Argument.New(registry));
    }

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                Connection.ProtocolError(Connection.Find(arguments.UInt()), arguments.UInt(), arguments.String());
                break;
            case 1:
                Connection.Forget(arguments.UInt());
                break;
        }
    }
}

/// <summary><c>wl_callback</c>.</summary>
sealed class Callback(WaylandConnection connection) : WaylandObject(connection)
{
    readonly TaskCompletionSource<uint> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<uint> Done => done.Task;

    public override void OnEvent(ushort opcode, ref EventReader arguments) => done.TrySetResult(arguments.UInt());
}
