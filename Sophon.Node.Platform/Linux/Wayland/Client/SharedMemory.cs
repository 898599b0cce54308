using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Native;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>Anonymous memory whose descriptor is handed to the compositor, which maps it. This side reads and writes it as a file: no mapping, no pointers.</summary>
sealed class SharedMemory : IDisposable
{
    public SharedMemory(string name, int size)
    {
        Handle = LibC.CreateMemoryFile(name, LibC.MemfdCloseOnExec | LibC.MemfdAllowSealing);
        if (Handle.IsInvalid) throw new Win32Exception();
        RandomAccess.SetLength(Handle, size);
        Size = size;
    }

    public SafeFileHandle Handle { get; }

    public int Size { get; }

    public void Write(ReadOnlySpan<byte> bytes) => RandomAccess.Write(Handle, bytes, 0);

    public void Read(Span<byte> target)
    {
        for (var filled = 0; filled < target.Length;)
        {
            var count = RandomAccess.Read(Handle, target[filled..], filled);
            if (count == 0) throw new EndOfStreamException("shared memory is shorter than its image");
            filled += count;
        }
    }

    public void Dispose() => Handle.Dispose();
}
