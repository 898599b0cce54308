using System.Buffers.Binary;
using System.Text;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>A growing buffer of requests in the byte order that the setup announced (little-endian).</summary>
sealed class RequestWriter
{
    byte[] buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void U8(int value) => Take(1)[0] = (byte)value;

    public void Bool(bool value) => U8(value ? 1 : 0);

    public void U16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), (ushort)value);

    public void I16(int value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), (short)value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void I32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Latin1(string text) => Encoding.Latin1.GetBytes(text, Take(text.Length));

    public void Zero(int count) => Take(count).Clear();

    public void Align() => Zero(-Length & 3);

    /// <summary>Writes one request whole, header and padding included.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="extensionOpcode">The extension's major opcode; null for the core protocol.</param>
    /// <param name="maxUnits">The longest request that the server takes, in units of 4 bytes.</param>
    /// <exception cref="ArgumentException">The request is longer; nothing is written.</exception>
    public void Request(Request request, byte? extensionOpcode, uint maxUnits)
    {
        var start = Length;
        U8(extensionOpcode ?? request.Opcode);
        U8(extensionOpcode is null ? request.Detail : request.Opcode);
        U16(0);
        request.Write(this);
        Align();

        var units = (uint)(Length - start) / 4;
        if (units > maxUnits)
        {
            Length = start;
            throw new ArgumentException($"{request.GetType().Name} needs {units * 4L:N0} bytes; this X server takes {maxUnits * 4L:N0}.");
        }

        if (units <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(start + 2), (ushort)units);
            return;
        }

        // BIG-REQUESTS: length 0, then the true length as a word of its own.
        Zero(4);
        buffer.AsSpan(start + 4, Length - start - 8).CopyTo(buffer.AsSpan(start + 8));
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(start + 4), units + 1);
    }

    Span<byte> Take(int count)
    {
        if (Length + count > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + count));
        var span = buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
