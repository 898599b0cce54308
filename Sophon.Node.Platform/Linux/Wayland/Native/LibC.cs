using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Linux.Wayland.Native;

/// <summary>What the Wayland client needs of the C library besides .NET's own sockets: descriptors that travel with a message, and anonymous memory.</summary>
static partial class LibC
{
    public const int MessageNoSignal = 0x4000;
    public const int MessageCloseOnExec = 0x40000000;
    public const int SocketLevel = 1;
    public const int ScmRights = 1;
    public const int PeerCredentials = 17;
    public const uint MemfdCloseOnExec = 1;
    public const uint MemfdAllowSealing = 2;
    public const int UnixFamily = 1;
    public const int StreamCloseOnExec = 1 | 0x80000;
    public const int GetFlags = 3;
    public const int SetFlags = 4;
    public const int NonBlocking = 0x800;
    public const short PollOut = 4;

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static unsafe partial nint SendMessage(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static unsafe partial nint ReceiveMessage(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static unsafe partial int SocketPair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FileControl(SafeHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(SafeHandle file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint GetUserId();

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary><c>struct msghdr</c> of glibc and musl on 64-bit little-endian machines.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct cmsghdr</c>; its data follow at once.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
