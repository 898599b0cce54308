using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Files.Unix.Native;

namespace Sophon.Node.Files.Unix;

/// <summary>Whose a file is; .NET tells its mode only.</summary>
[UnsupportedOSPlatform("windows")]
static class FileOwner
{
    // struct statx: stx_mask, stx_blksize, stx_attributes (8), stx_nlink, stx_uid. macOS's struct stat: st_dev, st_mode, st_nlink, st_ino (8), st_uid.
    const int LinuxOffset = 20, MacOffset = 16;

    /// <summary>The user's id; null when there is no such file.</summary>
    public static uint? Of(string path)
    {
        Span<byte> status = stackalloc byte[256];
        if (OperatingSystem.IsMacOS())
        {
            var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LibC.StatInode64(path, status) : LibC.Stat(path, status);
            return result == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(status[MacOffset..]) : null;
        }

        return LibC.Statx(LibC.AtCurrentFolder, path, 0, LibC.StatxBasicStats, status) == 0 ? MemoryMarshal.Read<uint>(status[LinuxOffset..]) : null;
    }
}
