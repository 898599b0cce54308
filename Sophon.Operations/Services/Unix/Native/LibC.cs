using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Operations.Services.Unix.Native;

[UnsupportedOSPlatform("windows")]
static partial class LibC
{
    [LibraryImport("libc", EntryPoint = "getuid")]
    internal static partial uint GetUid();
}
