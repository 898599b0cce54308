namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Pixels over the socket: for servers that are not on this machine.</summary>
sealed record GetImage(uint Drawable, int X, int Y, int Width, int Height) : Request<byte[]>
{
    internal override byte Opcode => 73;

    internal override byte Detail => ImageFormat.ZPixmap;

    internal override void Write(RequestWriter body)
    {
        body.U32(Drawable);
        body.I16(X);
        body.I16(Y);
        body.U16(Width);
        body.U16(Height);
        body.U32(ImageFormat.AllPlanes);
    }

    internal override byte[] Read(MessageReader reply)
    {
        reply.Skip(24);
        return reply.Bytes(reply.Remaining);
    }
}

static class ImageFormat
{
    public const byte ZPixmap = 2;
    public const uint AllPlanes = uint.MaxValue;
}

sealed record ShmAttach(uint Segment, int ShmId) : Request
{
    internal override Extension? Extension => Protocol.Extension.Shm;

    internal override byte Opcode => 1;

    internal override void Write(RequestWriter body)
    {
        body.U32(Segment);
        body.I32(ShmId);
        body.Bool(false);
    }
}

sealed record ShmDetach(uint Segment) : Request
{
    internal override Extension? Extension => Protocol.Extension.Shm;

    internal override byte Opcode => 2;

    internal override void Write(RequestWriter body) => body.U32(Segment);
}

/// <summary>Pixels into a shared segment; the answer is their size in bytes.</summary>
sealed record ShmGetImage(uint Drawable, int X, int Y, int Width, int Height, uint Segment) : Request<uint>
{
    internal override Extension? Extension => Protocol.Extension.Shm;

    internal override byte Opcode => 4;

    internal override void Write(RequestWriter body)
    {
        body.U32(Drawable);
        body.I16(X);
        body.I16(Y);
        body.U16(Width);
        body.U16(Height);
        body.U32(ImageFormat.AllPlanes);
        body.U8(ImageFormat.ZPixmap);
        body.Zero(3);
        body.U32(Segment);
        body.U32(0);
    }

    internal override uint Read(MessageReader reply)
    {
        reply.Skip(4);
        return reply.U32();
    }
}

/// <param name="Name">An atom.</param>
sealed record MonitorEntry(uint Name, bool Primary, int X, int Y, int Width, int Height);

/// <summary>RANDR 1.5: the active monitors, those set by hand included.</summary>
sealed record GetMonitors(uint Root) : Request<IReadOnlyList<MonitorEntry>>
{
    internal override Extension? Extension => Protocol.Extension.RandR;

    internal override byte Opcode => 42;

    internal override void Write(RequestWriter body)
    {
        body.U32(Root);
        body.Bool(true);
    }

    internal override IReadOnlyList<MonitorEntry> Read(MessageReader reply)
    {
        reply.Skip(4);
        var count = reply.U32();
        reply.Skip(16);
        var monitors = new List<MonitorEntry>();
        for (var i = 0; i < count; i++)
        {
            var name = reply.U32();
            var primary = reply.Bool();
            reply.Skip(1);
            int outputs = reply.U16(), x = reply.I16(), y = reply.I16(), width = reply.U16(), height = reply.U16();
            reply.Skip(8 + 4 * outputs);
            monitors.Add(new MonitorEntry(name, primary, x, y, width, height));
        }

        return monitors;
    }
}

/// <param name="X">Left of the image (the hot spot is already taken off).</param>
/// <param name="Serial">Changes with the picture.</param>
/// <param name="Argb">Premultiplied, <c>Width × Height</c> words.</param>
sealed record CursorImage(int X, int Y, int Width, int Height, uint Serial, uint[] Argb);

sealed record GetCursorImage : Request<CursorImage>
{
    internal override Extension? Extension => Protocol.Extension.XFixes;

    internal override byte Opcode => 4;

    internal override CursorImage Read(MessageReader reply)
    {
        int x = reply.I16(), y = reply.I16(), width = reply.U16(), height = reply.U16(), hotX = reply.U16(), hotY = reply.U16();
        var serial = reply.U32();
        reply.Skip(8);
        return new CursorImage(x - hotX, y - hotY, width, height, serial, reply.Words(width * height));
    }
}
