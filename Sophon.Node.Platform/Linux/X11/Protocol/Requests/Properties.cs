namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Atoms that the protocol fixes.</summary>
static class PredefinedAtom
{
    public const uint Atom = 4, Cardinal = 6, Integer = 19, String = 31, Window = 33, WmName = 39, WmClass = 67;
}

sealed record InternAtom(string Name) : Request<uint>
{
    internal override byte Opcode => 16;

    internal override void Write(RequestWriter body)
    {
        body.U16(Name.Length);
        body.U16(0);
        body.Latin1(Name);
    }

    internal override uint Read(MessageReader reply) => reply.U32();
}

sealed record GetAtomName(uint Atom) : Request<string>
{
    internal override byte Opcode => 17;

    internal override void Write(RequestWriter body) => body.U32(Atom);

    internal override string Read(MessageReader reply)
    {
        var length = reply.U16();
        reply.Skip(22);
        return reply.Latin1(length);
    }
}

/// <summary>Replaces a property; <paramref name="Format"/> is 8 or 32 bits an element.</summary>
sealed record ChangeProperty(uint Window, uint Property, uint Type, int Format, ReadOnlyMemory<byte> Value, bool Append = false) : Request
{
    internal override byte Opcode => 18;

    internal override byte Detail => (byte)(Append ? 2 : 0);

    public static ChangeProperty Words(uint window, uint property, uint type, params ReadOnlySpan<uint> words)
    {
        var writer = new RequestWriter();
        foreach (var word in words) writer.U32(word);
        return new ChangeProperty(window, property, type, 32, writer.Written);
    }

    internal override void Write(RequestWriter body)
    {
        body.U32(Window);
        body.U32(Property);
        body.U32(Type);
        body.U8(Format);
        body.Zero(3);
        body.U32((uint)(Value.Length / (Format / 8)));
        body.Bytes(Value.Span);
    }
}

sealed record DeleteProperty(uint Window, uint Property) : Request
{
    internal override byte Opcode => 19;

    internal override void Write(RequestWriter body)
    {
        body.U32(Window);
        body.U32(Property);
    }
}

/// <param name="Type">0 when the window has no such property.</param>
/// <param name="BytesAfter">What lies behind the part that was asked for.</param>
sealed record PropertyValue(uint Type, int Format, uint BytesAfter, byte[] Value)
{
    /// <summary>The elements of a property in format 32; empty for any other.</summary>
    public uint[] Words => Format == 32 ? new MessageReader(Value, 0).Words(Value.Length / 4) : [];
}

/// <summary>Reads a property of any type, at most <paramref name="MaxBytes"/> of it.</summary>
/// <param name="Delete">Deletes it once all of it has been read.</param>
sealed record GetProperty(uint Window, uint Property, int MaxBytes = 1 << 20, bool Delete = false) : Request<PropertyValue>
{
    internal override byte Opcode => 20;

    internal override byte Detail => (byte)(Delete ? 1 : 0);

    internal override void Write(RequestWriter body)
    {
        body.U32(Window);
        body.U32(Property);
        body.U32(0);
        body.U32(0);
        body.U32((uint)MaxBytes / 4);
    }

    internal override PropertyValue Read(MessageReader reply)
    {
        var format = reply.Detail;
        uint type = reply.U32(), bytesAfter = reply.U32(), count = reply.U32();
        reply.Skip(12);
        return new PropertyValue(type, format, bytesAfter, reply.Bytes((int)count * format / 8));
    }
}
