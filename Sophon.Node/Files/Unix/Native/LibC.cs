using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Files.Unix.Native;

[UnsupportedOSPlatform("windows")]
static partial class LibC
{
    public const int ReadOnly = 0;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);
}
