using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Identity.TokenStores.Windows.Native;

[SupportedOSPlatform("windows")]
static partial class Kernel32
{
    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial nint LocalFree(nint memory);
}
