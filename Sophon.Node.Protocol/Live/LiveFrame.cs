using System.Buffers;
using System.Buffers.Binary;

namespace Sophon.Node.Protocol.Live;

/// <summary>A part of the screen as a JPEG file. Tiles of one size of screen never overlap partly: a later one at the same place replaces it.</summary>
/// <param name="X">Pixels from the picture's left.</param>
/// <param name="Y">Pixels from the picture's top.</param>
public readonly record struct LiveTile(int X, int Y, int Width, int Height, ReadOnlyMemory<byte> Jpeg);

/// <summary>
/// What changed on the screen, as one binary message, the same from Node to Gateway and from Gateway to browser. Little-endian:
/// a head of 28 bytes (version, tiles, sequence, width, height, x, y, age), then for each tile 12 bytes (x, y, width, height, length) and its file.
/// </summary>
/// <param name="Sequence">Of this view, from 1.</param>
/// <param name="Width">Pixels of the whole picture; another size starts it anew.</param>
/// <param name="X">Where the picture lies on the virtual desktop.</param>
/// <param name="AgeMs">From the moment that the pixels were read to the sending of this message.</param>
public sealed record LiveFrame(uint Sequence, int Width, int Height, int X, int Y, int AgeMs, IReadOnlyList<LiveTile> Tiles)
{
    public const int HeadBytes = 28;
    public const int TileHeadBytes = 12;

    const ushort Version = 1;

    public void WriteTo(IBufferWriter<byte> target)
    {
        WriteHead(target.GetSpan(HeadBytes), Tiles.Count);
        target.Advance(HeadBytes);
        foreach (var tile in Tiles)
        {
            WriteTileHead(target.GetSpan(TileHeadBytes), tile.X, tile.Y, tile.Width, tile.Height, tile.Jpeg.Length);
            target.Advance(TileHeadBytes);
            target.Write(tile.Jpeg.Span);
        }
    }

    /// <summary>For a writer that makes the tiles as it goes, and knows their number in the end.</summary>
    public void WriteHead(Span<byte> head, int tiles)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(head, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], checked((ushort)tiles));
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Sequence);
        BinaryPrimitives.WriteUInt16LittleEndian(head[8..], checked((ushort)Width));
        BinaryPrimitives.WriteUInt16LittleEndian(head[10..], checked((ushort)Height));
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], X);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], Y);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], AgeMs);
        head[24..HeadBytes].Clear();
    }

    public static void WriteTileHead(Span<byte> head, int x, int y, int width, int height, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(head, checked((ushort)x));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], checked((ushort)y));
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], checked((ushort)width));
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)height));
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], length);
    }

    /// <param name="message">Kept by the tiles.</param>
    /// <exception cref="FormatException">It is no frame.</exception>
    public static LiveFrame Read(ReadOnlyMemory<byte> message)
    {
        var head = message.Span;
        if (head.Length < HeadBytes || BinaryPrimitives.ReadUInt16LittleEndian(head) != Version) throw new FormatException("the message is no frame of version 1");
        int width = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]), height = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        var tiles = new LiveTile[BinaryPrimitives.ReadUInt16LittleEndian(head[2..])];
        var at = HeadBytes;
        for (var i = 0; i < tiles.Length; i++)
        {
            if (message.Length - at < TileHeadBytes) throw new FormatException($"the frame ends within tile {i}");
            var tile = message.Span[at..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(tile[8..]);
            at += TileHeadBytes;
            if (length < 0 || length > message.Length - at) throw new FormatException($"the frame ends within tile {i}");
            tiles[i] = new LiveTile(
                BinaryPrimitives.ReadUInt16LittleEndian(tile), BinaryPrimitives.ReadUInt16LittleEndian(tile[2..]),
                BinaryPrimitives.ReadUInt16LittleEndian(tile[4..]), BinaryPrimitives.ReadUInt16LittleEndian(tile[6..]), message.Slice(at, length));
            if (tiles[i].X + tiles[i].Width > width || tiles[i].Y + tiles[i].Height > height) throw new FormatException($"tile {i} reaches outside the picture");
            at += length;
        }

        return new LiveFrame(
            BinaryPrimitives.ReadUInt32LittleEndian(head[4..]), width, height,
            BinaryPrimitives.ReadInt32LittleEndian(head[12..]), BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(head[20..]), tiles);
    }
}
