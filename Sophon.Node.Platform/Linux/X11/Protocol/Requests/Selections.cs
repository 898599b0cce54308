namespace Sophon.Node.Platform.Linux.X11.Protocol;

sealed record SetSelectionOwner(uint Owner, uint Selection, uint Time) : Request
{
    internal override byte Opcode => 22;

    internal override void Write(RequestWriter body)
    {
        body.U32(Owner);
        body.U32(Selection);
        body.U32(Time);
    }
}

/// <summary>The owner's window, 0 when there is none.</summary>
sealed record GetSelectionOwner(uint Selection) : Request<uint>
{
    internal override byte Opcode => 23;

    internal override void Write(RequestWriter body) => body.U32(Selection);

    internal override uint Read(MessageReader reply) => reply.U32();
}

/// <summary>Asks the owner to put its text into a property; it answers with <see cref="SelectionNotify"/>.</summary>
sealed record ConvertSelection(uint Requestor, uint Selection, uint Target, uint Property, uint Time) : Request
{
    internal override byte Opcode => 24;

    internal override void Write(RequestWriter body)
    {
        body.U32(Requestor);
        body.U32(Selection);
        body.U32(Target);
        body.U32(Property);
        body.U32(Time);
    }
}

/// <summary>The owner's answer to a <see cref="SelectionRequest"/>.</summary>
/// <param name="Property">0 refuses.</param>
sealed record SendSelectionNotify(SelectionRequest To, uint Property) : Request
{
    internal override byte Opcode => 25;

    internal override void Write(RequestWriter body)
    {
        const int selectionNotify = 31;
        body.U32(To.Requestor);
        body.U32(0);
        body.U8(selectionNotify);
        body.Zero(3);
        body.U32(To.Time);
        body.U32(To.Requestor);
        body.U32(To.Selection);
        body.U32(To.Target);
        body.U32(Property);
        body.Zero(8);
    }
}

/// <summary>XFIXES: tells when a selection's owner changes or goes away.</summary>
sealed record SelectSelectionInput(uint Window, uint Selection) : Request
{
    internal override Extension? Extension => Protocol.Extension.XFixes;

    internal override byte Opcode => 2;

    internal override void Write(RequestWriter body)
    {
        const uint ownerSet = 1, ownerWindowDestroyed = 2, ownerClientClosed = 4;
        body.U32(Window);
        body.U32(Selection);
        body.U32(ownerSet | ownerWindowDestroyed | ownerClientClosed);
    }
}
