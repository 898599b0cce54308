using Microsoft.Win32.SafeHandles;
using Sophon.Node.Files.Unix.Native;

namespace Sophon.Node.Files.Unix;

/// <summary>A rename lives in the folder: without flushing that too, a power cut may bring the old file back.</summary>
static class FolderFlush
{
    /// <summary>Does nothing on Windows, and where the file system can't flush a folder.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;

        // .NET opens no folders, so the descriptor comes from open(2) itself.
        var descriptor = LibC.Open(folder, LibC.ReadOnly);
        if (descriptor < 0) return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The rename itself has happened; this file system keeps no promise beyond it.
        }
    }
}
