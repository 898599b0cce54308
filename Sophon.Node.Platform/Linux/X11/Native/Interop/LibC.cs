using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Linux.X11.Native.Interop;

/// <summary>System V shared memory, shmget(2), shmop(2), shmctl(2).</summary>
static partial class LibC
{
    public const int IpcPrivate = 0;
    public const int IpcCreate = 0x200;
    public const int IpcRemove = 0;
    public const int OwnerOnly = 0x180;

    [LibraryImport("libc", EntryPoint = "shmget", SetLastError = true)]
    public static partial int ShmGet(int key, nuint size, int flags);

    /// <returns>-1 on failure.</returns>
    [LibraryImport("libc", EntryPoint = "shmat", SetLastError = true)]
    public static partial nint ShmAttach(int id, nint address, int flags);

    [LibraryImport("libc", EntryPoint = "shmdt", SetLastError = true)]
    public static partial int ShmDetach(nint address);

    [LibraryImport("libc", EntryPoint = "shmctl", SetLastError = true)]
    public static partial int ShmControl(int id, int command, nint buffer);
}
