using System.Buffers;

namespace Sophon.Node.Platform.Processes;

/// <summary>Keeps the head of a stream and counts on.</summary>
sealed class BoundedBuffer(int limit)
{
    readonly ArrayBufferWriter<byte> kept = new();

    public bool Truncated { get; private set; }

    public ReadOnlySpan<byte> Written => kept.WrittenSpan;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var room = limit - kept.WrittenCount;
        Truncated |= bytes.Length > room;
        kept.Write(bytes[..Math.Min(bytes.Length, room)]);
    }
}
