using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Linux.Native;

/// <summary>glibc and musl: spawn.h, signal.h, sys/wait.h, sys/stat.h, unistd.h.</summary>
static partial class LibC
{
    public const int SigKill = 9, SigTerm = 15;
    public const int NoEntry = 2, NoSuchProcess = 3, ExecFormat = 8, Access = 13, NotDirectory = 20;
    public const int WaitNoHang = 1;
    public const int OpenReadWrite = 2;
    public const short SpawnSetSignalDefault = 0x04, SpawnSetSignalMask = 0x08, SpawnSetSid = 0x80;

    /// <summary>Larger than the largest posix_spawn_file_actions_t, posix_spawnattr_t (336 bytes) and sigset_t (128) of 64-bit Linux.</summary>
    public const int OpaqueSize = 512;

    public const int AtCurrentFolder = -100;
    public const uint StatxOwner = 0x08;

    [LibraryImport("libc", EntryPoint = "getuid")]
    internal static partial uint GetUserId();

    /// <summary><c>struct statx</c> has 256 bytes on every architecture; stx_uid lies at 20.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Spawn(out int pid, string path, Span<byte> fileActions, Span<byte> attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int FileActionsInit(Span<byte> fileActions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileActionsAddOpen(Span<byte> fileActions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileActionsAddChangeDirectory(Span<byte> fileActions, string path);

    /// <summary>glibc 2.34; an older one lacks the entry point.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int FileActionsAddCloseFrom(Span<byte> fileActions, int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int FileActionsDestroy(Span<byte> fileActions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int AttributesInit(Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int AttributesSetFlags(Span<byte> attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int AttributesSetSignalDefault(Span<byte> attributes, Span<byte> signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int AttributesSetSignalMask(Span<byte> attributes, Span<byte> signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int AttributesDestroy(Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    internal static partial int SignalsEmpty(Span<byte> signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    internal static partial int SignalsFill(Span<byte> signals);
}
