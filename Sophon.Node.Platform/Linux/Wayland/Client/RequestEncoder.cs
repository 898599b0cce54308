using System.Runtime.InteropServices;
using System.Text;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>Writes one request in Wayland's wire format: words of 32 bits in the machine's order, strings with their NUL, padded.</summary>
sealed class RequestEncoder
{
    byte[] bytes = new byte[256];
    int length;

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    public List<SafeHandle> Descriptors { get; } = [];

    /// <param name="assignId">Registers an object that the request creates and returns its id.</param>
    public void Encode(uint sender, ushort opcode, ReadOnlySpan<Argument> arguments, Func<WaylandObject, uint> assignId)
    {
        length = 8;
        Descriptors.Clear();
        foreach (var argument in arguments)
        {
            switch (argument.Kind)
            {
                case ArgumentKind.Number:
                    Word(argument.Value);
                    break;
                case ArgumentKind.String:
                    Text((string)argument.Reference!);
                    break;
                case ArgumentKind.Object:
                    Word((argument.Reference as WaylandObject)?.Id ?? 0);
                    break;
                case ArgumentKind.NewObject:
                    Word(assignId((WaylandObject)argument.Reference!));
                    break;
                case ArgumentKind.Descriptor:
                    Descriptors.Add((SafeHandle)argument.Reference!);
                    break;
            }
        }

        MemoryMarshal.Write(bytes, sender);
        MemoryMarshal.Write(bytes.AsSpan(4), (uint)length << 16 | opcode);
    }

    void Word(uint value) => MemoryMarshal.Write(Reserve(4), value);

    void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value) + 1;
        Word((uint)size);
        var target = Reserve((size + 3) & ~3);
        target.Clear();
        Encoding.UTF8.GetBytes(value, target);
    }

    Span<byte> Reserve(int count)
    {
        if (length + count > ushort.MaxValue) throw new ArgumentOutOfRangeException(nameof(count), "a Wayland request has at most 65535 bytes");
        if (length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        length += count;
        return bytes.AsSpan(length - count, count);
    }
}
