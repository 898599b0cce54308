using System.Buffers.Binary;
using System.Text;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Reads a reply, an event or an error field by field.</summary>
/// <param name="message">The whole message; reading starts at <paramref name="offset"/>.</param>
/// <param name="offset">8 skips the header of a reply (type, detail, sequence, length).</param>
ref struct MessageReader(ReadOnlySpan<byte> message, int offset = 8)
{
    readonly ReadOnlySpan<byte> message = message;
    int position = offset;

    /// <summary>The header's second byte, which many replies use.</summary>
    public readonly byte Detail => message[1];

    public readonly int Remaining => message.Length - position;

    public byte U8() => Take(1)[0];

    public bool Bool() => U8() != 0;

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public short I16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public byte[] Bytes(int count) => Take(count).ToArray();

    public string Latin1(int count) => Encoding.Latin1.GetString(Take(count));

    public uint[] Words(int count)
    {
        var words = new uint[count];
        for (var i = 0; i < count; i++) words[i] = U32();
        return words;
    }

    public void Skip(int count) => Take(count);

    public void Align() => Skip(-position & 3);

    /// <exception cref="InvalidDataException">The message is shorter than its own fields say.</exception>
    ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Remaining) throw new InvalidDataException($"A message of {message.Length} bytes ends before its fields do.");
        var span = message.Slice(position, count);
        position += count;
        return span;
    }
}
