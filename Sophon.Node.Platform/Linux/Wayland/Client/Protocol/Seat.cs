namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>wl_seat</c>: one person's pointer and keyboard.</summary>
sealed class Seat(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "wl_seat";

    /// <summary>What the seat has now.</summary>
    public SeatCapabilities Capabilities { get; private set; }

    public Keyboard GetKeyboard()
    {
        var keyboard = new Keyboard(Connection);
        return Create(keyboard, 1, Argument.New(keyboard));
    }

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        if (opcode == 0) Capabilities = (SeatCapabilities)arguments.UInt();
    }
}

/// <summary><c>wl_keyboard</c>, for its keymap.</summary>
sealed class Keyboard(WaylandConnection connection) : WaylandObject(connection)
{
    readonly TaskCompletionSource<byte[]> keymap = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The compositor's keymap, XKB text.</summary>
    public Task<byte[]> Keymap => keymap.Task;

    /// <summary>Since version 3.</summary>
    public void Release() => Send(0);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        if (opcode != 0) return;
        arguments.UInt();
        using var file = arguments.Descriptor();
        var text = new byte[arguments.UInt()];
        var count = RandomAccess.Read(file, text, 0);
        keymap.TrySetResult(text[..count]);
    }
}

[Flags]
enum SeatCapabilities : uint { None = 0, Pointer = 1, Keyboard = 2, Touch = 4 }
