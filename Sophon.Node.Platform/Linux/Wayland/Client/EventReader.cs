using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>Reads the arguments of one event, in their order.</summary>
/// <exception cref="InvalidDataException">From each method: the event is shorter than its definition.</exception>
ref struct EventReader(ReadOnlySpan<byte> body, Queue<SafeFileHandle> descriptors)
{
    ReadOnlySpan<byte> rest = body;

    public int Int() => (int)UInt();

    public uint UInt() => MemoryMarshal.Read<uint>(Take(4));

    public string String()
    {
        var bytes = Bytes();
        return bytes.Length == 0 ? "" : Encoding.UTF8.GetString(bytes[..^1]);
    }

    /// <summary>An array of 32-bit words.</summary>
    public uint[] Words() => MemoryMarshal.Cast<byte, uint>(Bytes()).ToArray();

    /// <summary>The next descriptor of the stream; the caller closes it.</summary>
    public readonly SafeFileHandle Descriptor() =>
        descriptors.TryDequeue(out var handle) ? handle : throw new InvalidDataException("an event came without its descriptor");

    ReadOnlySpan<byte> Bytes()
    {
        var length = UInt();
        if (length > rest.Length) throw new InvalidDataException("an event is shorter than its definition");
        return Take(((int)length + 3) & ~3)[..(int)length];
    }

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length) throw new InvalidDataException("an event is shorter than its definition");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
