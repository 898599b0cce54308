namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Which events a client gets from a window.</summary>
[Flags]
enum EventMask : uint
{
    None = 0,
    StructureNotify = 1 << 17,
    SubstructureNotify = 1 << 19,
    SubstructureRedirect = 1 << 20,
    FocusChange = 1 << 21,
    PropertyChange = 1 << 22,
}

/// <summary>An unmapped 1×1 window outside the screen that only takes part in protocols.</summary>
sealed record CreateHiddenWindow(uint Window, uint Root, EventMask Events) : Request
{
    internal override byte Opcode => 1;

    internal override void Write(RequestWriter body)
    {
        const int inputOnly = 2;
        const uint overrideRedirect = 1 << 9, eventMask = 1 << 11;
        body.U32(Window);
        body.U32(Root);
        body.I16(-1);
        body.I16(-1);
        body.U16(1);
        body.U16(1);
        body.U16(0);
        body.U16(inputOnly);
        body.U32(0);
        body.U32(overrideRedirect | eventMask);
        body.U32(1);
        body.U32((uint)Events);
    }
}

sealed record SelectEvents(uint Window, EventMask Events) : Request
{
    internal override byte Opcode => 2;

    internal override void Write(RequestWriter body)
    {
        const uint eventMask = 1 << 11;
        body.U32(Window);
        body.U32(eventMask);
        body.U32((uint)Events);
    }
}

sealed record DestroyWindow(uint Window) : Request
{
    internal override byte Opcode => 4;

    internal override void Write(RequestWriter body) => body.U32(Window);
}

/// <summary>Position relative to the parent; size without the border.</summary>
sealed record Geometry(int X, int Y, int Width, int Height, int Border);

sealed record GetGeometry(uint Drawable) : Request<Geometry>
{
    internal override byte Opcode => 14;

    internal override void Write(RequestWriter body) => body.U32(Drawable);

    internal override Geometry Read(MessageReader reply)
    {
        reply.Skip(4);
        return new Geometry(reply.I16(), reply.I16(), reply.U16(), reply.U16(), reply.U16());
    }
}

sealed record TranslateCoordinates(uint Source, uint Destination, int X, int Y) : Request<(int X, int Y)>
{
    internal override byte Opcode => 40;

    internal override void Write(RequestWriter body)
    {
        body.U32(Source);
        body.U32(Destination);
        body.I16(X);
        body.I16(Y);
    }

    internal override (int X, int Y) Read(MessageReader reply)
    {
        reply.Skip(4);
        return (reply.I16(), reply.I16());
    }
}

/// <summary>The window's parent; 0 for the root.</summary>
sealed record GetParent(uint Window) : Request<uint>
{
    internal override byte Opcode => 15;

    internal override void Write(RequestWriter body) => body.U32(Window);

    internal override uint Read(MessageReader reply)
    {
        reply.Skip(4);
        return reply.U32();
    }
}

/// <summary>A message in format 32 to a window, or to the root for the window manager.</summary>
sealed record SendClientMessage(uint Destination, EventMask Mask, uint Window, uint Type, params uint[] Data) : Request
{
    internal override byte Opcode => 25;

    internal override void Write(RequestWriter body)
    {
        const int clientMessage = 33;
        body.U32(Destination);
        body.U32((uint)Mask);
        body.U8(clientMessage);
        body.U8(32);
        body.U16(0);
        body.U32(Window);
        body.U32(Type);
        for (var i = 0; i < 5; i++) body.U32(i < Data.Length ? Data[i] : 0);
    }
}

/// <summary>The window that has the keyboard (0 none, 1 the one under the pointer). Being the cheapest request with a reply, it also tells that all before it was carried out.</summary>
sealed record GetInputFocus : Request<uint>
{
    internal override byte Opcode => 43;

    internal override uint Read(MessageReader reply) => reply.U32();
}

/// <param name="ButtonsAndModifiers">Bits 0–7 modifiers (Shift, Lock, Control, Mod1–Mod5), 8–12 buttons.</param>
sealed record PointerState(int X, int Y, int ButtonsAndModifiers);

sealed record QueryPointer(uint Window) : Request<PointerState>
{
    internal override byte Opcode => 38;

    internal override void Write(RequestWriter body) => body.U32(Window);

    internal override PointerState Read(MessageReader reply)
    {
        reply.Skip(8);
        int x = reply.I16(), y = reply.I16();
        reply.Skip(4);
        return new PointerState(x, y, reply.U16());
    }
}
