using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Files.Unix.Native;

[UnsupportedOSPlatform("windows")]
static partial class LibC
{
    public const int ReadOnly = 0;
    public const int Sigterm = 15;
    public const int AtCurrentFolder = -100;
    public const uint StatxBasicStats = 0x7ff;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);

    /// <summary>Linux. <c>struct statx</c> has 256 bytes on every architecture.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);

    /// <summary>macOS on ARM. <c>struct stat</c> has 144 bytes.</summary>
    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Stat(string path, Span<byte> status);

    /// <summary>macOS on Intel, where plain <c>stat</c> has the layout of before 2007.</summary>
    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int StatInode64(string path, Span<byte> status);
}
