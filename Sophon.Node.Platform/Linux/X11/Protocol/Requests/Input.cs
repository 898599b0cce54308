namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>XTEST: an event as if a device had made it.</summary>
/// <param name="Type">2 key press, 3 key release, 4 button press, 5 button release, 6 motion: the core event codes.</param>
/// <param name="Code">Keycode or button.</param>
sealed record FakeInput(byte Type, byte Code, int X = 0, int Y = 0) : Request
{
    internal override Extension? Extension => Protocol.Extension.XTest;

    internal override byte Opcode => 2;

    public static FakeInput Key(byte keycode, bool down) => new((byte)(down ? 2 : 3), keycode);

    public static FakeInput Button(byte button, bool down) => new((byte)(down ? 4 : 5), button);

    /// <summary>To a point of the root window; the pointer jumps.</summary>
    public static FakeInput MoveTo(int x, int y) => new(6, 0, x, y);

    internal override void Write(RequestWriter body)
    {
        body.U8(Type);
        body.U8(Code);
        body.U16(0);
        body.U32(0);
        body.U32(0);
        body.Zero(8);
        body.I16(X);
        body.I16(Y);
        body.Zero(8);
    }
}

/// <summary>The 256 bits of the keys that are down.</summary>
sealed record QueryKeymap : Request<byte[]>
{
    internal override byte Opcode => 44;

    internal override byte[] Read(MessageReader reply) => reply.Bytes(32);
}
