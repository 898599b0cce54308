namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>wl_seat</c>: one person's pointer and keyboard.</summary>
sealed class Seat(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "wl_seat";

    /// <summary>What the seat has now.</summary>
    public SeatCapabilities Capabilities { get; private set; }

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        if (opcode == 0) Capabilities = (SeatCapabilities)arguments.UInt();
    }
}

[Flags]
enum SeatCapabilities : uint { None = 0, Pointer = 1, Keyboard = 2, Touch = 4 }
