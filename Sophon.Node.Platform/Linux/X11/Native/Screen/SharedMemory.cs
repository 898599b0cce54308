using System.Buffers;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.X11.Native.Interop;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>A System V segment, mapped into this process. The kernel frees it when the last process has let go of it.</summary>
[SupportedOSPlatform("linux")]
sealed unsafe class SharedMemory : MemoryManager<byte>
{
    readonly Mapping mapping;

    SharedMemory(int id, Mapping mapping, int size)
    {
        (Id, Size, this.mapping) = (id, size, mapping);
    }

    /// <summary>For the server's shmat.</summary>
    public int Id { get; }

    /// <summary>Bytes.</summary>
    public int Size { get; }

    /// <returns>Null when the machine gives none (its limits, or a container without them).</returns>
    public static SharedMemory? TryCreate(int size)
    {
        var id = LibC.ShmGet(LibC.IpcPrivate, (nuint)size, LibC.IpcCreate | LibC.OwnerOnly);
        if (id < 0) return null;

        var address = LibC.ShmAttach(id, 0, 0);
        if (address != -1) return new SharedMemory(id, new Mapping(address), size);
        LibC.ShmControl(id, LibC.IpcRemove, 0);
        return null;
    }

    /// <summary>Lets the kernel free the segment with its last user. To be called once the server has attached it, or never will.</summary>
    public void Unlink() => LibC.ShmControl(Id, LibC.IpcRemove, 0);

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(mapping.IsClosed, this);
        return new Span<byte>((void*)mapping.DangerousGetHandle(), Size);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        var added = false;
        mapping.DangerousAddRef(ref added);
        return new MemoryHandle((byte*)mapping.DangerousGetHandle() + elementIndex, pinnable: this);
    }

    public override void Unpin() => mapping.DangerousRelease();

    protected override void Dispose(bool disposing) => mapping.Dispose();

    sealed class Mapping : SafeHandleMinusOneIsInvalid
    {
        public Mapping(nint address)
            : base(ownsHandle: true) => SetHandle(address);

        protected override bool ReleaseHandle() => LibC.ShmDetach(handle) == 0;
    }
}
