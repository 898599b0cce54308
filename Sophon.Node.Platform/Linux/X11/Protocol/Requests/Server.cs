namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Null when the server lacks the extension.</summary>
sealed record QueryExtension(string Name) : Request<ExtensionCodes?>
{
    internal override byte Opcode => 98;

    internal override void Write(RequestWriter body)
    {
        body.U16(Name.Length);
        body.U16(0);
        body.Latin1(Name);
    }

    internal override ExtensionCodes? Read(MessageReader reply)
    {
        var present = reply.Bool();
        byte major = reply.U8(), firstEvent = reply.U8(), firstError = reply.U8();
        return present ? new ExtensionCodes(major, firstEvent, firstError) : null;
    }
}

/// <summary>BIG-REQUESTS; the answer is the longest request in units of 4 bytes.</summary>
sealed record EnableBigRequests : Request<uint>
{
    internal override Extension? Extension => Protocol.Extension.BigRequests;

    internal override byte Opcode => 0;

    internal override uint Read(MessageReader reply) => reply.U32();
}

/// <summary>Tells the server which version of an extension we speak; it must come before the extension's other requests.</summary>
sealed record QueryVersion(Extension Of, byte VersionOpcode, uint Major, uint Minor) : Request<(uint Major, uint Minor)>
{
    internal override Extension? Extension => Of;

    internal override byte Opcode => VersionOpcode;

    /// <summary>RANDR 1.5 brought monitors.</summary>
    public static QueryVersion RandR => new(Protocol.Extension.RandR, 0, 1, 5);

    /// <summary>XFIXES 2 brought regions.</summary>
    public static QueryVersion XFixes => new(Protocol.Extension.XFixes, 0, 4, 0);

    public static QueryVersion Damage => new(Protocol.Extension.Damage, 0, 1, 1);

    internal override void Write(RequestWriter body)
    {
        body.U32(Major);
        body.U32(Minor);
    }

    internal override (uint Major, uint Minor) Read(MessageReader reply) => (reply.U32(), reply.U32());
}
