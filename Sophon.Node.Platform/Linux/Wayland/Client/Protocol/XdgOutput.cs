namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>zxdg_output_manager_v1</c>.</summary>
sealed class XdgOutputManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "zxdg_output_manager_v1";

    public XdgOutput GetXdgOutput(Output output)
    {
        var created = new XdgOutput(Connection);
        return Create(created, 1, Argument.New(created), output);
    }
}

/// <summary><c>zxdg_output_v1</c> version 2 and up: where a monitor lies in the compositor's logical layout.</summary>
sealed class XdgOutput(WaylandConnection connection) : WaylandObject(connection)
{
    public int X { get; private set; }

    public int Y { get; private set; }

    /// <summary>Logical units, rotated; 0 until it has arrived.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    public string? Name { get; private set; }

    public void Destroy() => Send(0);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                X = arguments.Int();
                Y = arguments.Int();
                break;
            case 1:
                Width = arguments.Int();
                Height = arguments.Int();
                break;
            case 3:
                Name = arguments.String();
                break;
        }
    }
}
