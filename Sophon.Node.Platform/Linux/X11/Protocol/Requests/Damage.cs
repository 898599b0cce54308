using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>
/// Lets the server collect what is drawn. Level NonEmpty sends one event when the first change comes and then only
/// collects: RawRectangles would send one for every piece of text drawn anywhere on the screen.
/// </summary>
sealed record CreateDamage(uint Damage, uint Drawable) : Request
{
    internal override Extension? Extension => Protocol.Extension.Damage;

    internal override byte Opcode => 1;

    internal override void Write(RequestWriter body)
    {
        const int nonEmpty = 3;
        body.U32(Damage);
        body.U32(Drawable);
        body.U8(nonEmpty);
    }
}

sealed record DestroyDamage(uint Damage) : Request
{
    internal override Extension? Extension => Protocol.Extension.Damage;

    internal override byte Opcode => 2;

    internal override void Write(RequestWriter body) => body.U32(Damage);
}

/// <summary>Moves all that was collected into <paramref name="Parts"/>, and starts anew.</summary>
sealed record SubtractDamage(uint Damage, uint Parts) : Request
{
    internal override Extension? Extension => Protocol.Extension.Damage;

    internal override byte Opcode => 3;

    internal override void Write(RequestWriter body)
    {
        body.U32(Damage);
        body.U32(0);
        body.U32(Parts);
    }
}

/// <summary>XFIXES: an empty region.</summary>
sealed record CreateRegion(uint Region) : Request
{
    internal override Extension? Extension => Protocol.Extension.XFixes;

    internal override byte Opcode => 5;

    internal override void Write(RequestWriter body) => body.U32(Region);
}

/// <summary>XFIXES: the rectangles of a region.</summary>
sealed record FetchRegion(uint Region) : Request<IReadOnlyList<ScreenRectangle>>
{
    internal override Extension? Extension => Protocol.Extension.XFixes;

    internal override byte Opcode => 19;

    internal override void Write(RequestWriter body) => body.U32(Region);

    internal override IReadOnlyList<ScreenRectangle> Read(MessageReader reply)
    {
        reply.Skip(24);
        var rectangles = new ScreenRectangle[reply.Remaining / 8];
        for (var i = 0; i < rectangles.Length; i++) rectangles[i] = new ScreenRectangle(reply.I16(), reply.I16(), reply.U16(), reply.U16());
        return rectangles;
    }
}
