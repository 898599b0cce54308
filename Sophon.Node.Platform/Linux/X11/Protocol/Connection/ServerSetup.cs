namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <param name="Depth">Bits that carry colour.</param>
/// <param name="BitsPerPixel">Bits that a pixel takes in an image.</param>
/// <param name="ScanlinePad">Bits to which a row is padded.</param>
sealed record PixmapFormat(byte Depth, byte BitsPerPixel, byte ScanlinePad);

/// <param name="Class">4 is TrueColor.</param>
sealed record Visual(uint Id, byte Class, uint RedMask, uint GreenMask, uint BlueMask);

sealed record ServerScreen(uint Root, int Width, int Height, byte RootDepth, Visual RootVisual);

/// <summary>What the server says of itself when a connection is accepted (chapter 8, "Connection Setup").</summary>
/// <param name="MaxRequestUnits">Longest request without BIG-REQUESTS, in units of 4 bytes.</param>
/// <param name="MsbFirstImages">Pixels come with their most significant byte first.</param>
sealed record ServerSetup(
    uint ResourceIdBase, uint ResourceIdMask, uint MaxRequestUnits, bool MsbFirstImages, byte MinKeycode, byte MaxKeycode,
    string Vendor, IReadOnlyList<PixmapFormat> Formats, IReadOnlyList<ServerScreen> Screens)
{
    /// <summary>The client's half of the handshake.</summary>
    public static byte[] Greeting(byte[]? cookie)
    {
        var writer = new RequestWriter();
        writer.U8('l');
        writer.U8(0);
        writer.U16(11);
        writer.U16(0);
        writer.U16(cookie is null ? 0 : AuthorityFile.MagicCookie.Length);
        writer.U16(cookie?.Length ?? 0);
        writer.U16(0);
        if (cookie is not null)
        {
            writer.Latin1(AuthorityFile.MagicCookie);
            writer.Align();
            writer.Bytes(cookie);
            writer.Align();
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads the accepting answer, its first eight bytes included.</summary>
    public static ServerSetup Read(ReadOnlySpan<byte> message)
    {
        var reader = new MessageReader(message, 12);
        uint idBase = reader.U32(), idMask = reader.U32();
        reader.Skip(4);
        int vendorLength = reader.U16(), maxRequest = reader.U16(), screenCount = reader.U8(), formatCount = reader.U8();
        var msbFirst = reader.Bool();
        reader.Skip(3);
        byte minKeycode = reader.U8(), maxKeycode = reader.U8();
        reader.Skip(4);
        var vendor = reader.Latin1(vendorLength);
        reader.Align();

        var formats = new List<PixmapFormat>();
        for (var i = 0; i < formatCount; i++)
        {
            formats.Add(new PixmapFormat(reader.U8(), reader.U8(), reader.U8()));
            reader.Skip(5);
        }

        var screens = new List<ServerScreen>();
        for (var i = 0; i < screenCount; i++) screens.Add(ReadScreen(ref reader));
        return new ServerSetup(idBase, idMask, (uint)maxRequest, msbFirst, minKeycode, maxKeycode, vendor, formats, screens);
    }

    static ServerScreen ReadScreen(ref MessageReader reader)
    {
        var root = reader.U32();
        reader.Skip(16);
        int width = reader.U16(), height = reader.U16();
        reader.Skip(8);
        var rootVisual = reader.U32();
        reader.Skip(2);
        byte rootDepth = reader.U8(), depthCount = reader.U8();

        Visual? found = null;
        for (var i = 0; i < depthCount; i++)
        {
            reader.Skip(2);
            var visualCount = reader.U16();
            reader.Skip(4);
            for (var j = 0; j < visualCount; j++)
            {
                var id = reader.U32();
                var visualClass = reader.U8();
                reader.Skip(3);
                var visual = new Visual(id, visualClass, reader.U32(), reader.U32(), reader.U32());
                reader.Skip(4);
                if (id == rootVisual) found = visual;
            }
        }

        return new ServerScreen(root, width, height, rootDepth, found ?? throw new InvalidDataException("The X server's setup lacks its root visual."));
    }
}
