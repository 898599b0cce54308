using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>dwmapi.dll.</summary>
[SupportedOSPlatform("windows")]
static partial class Dwmapi
{
    /// <summary>DWMWINDOWATTRIBUTE values.</summary>
    public const uint ExtendedFrameBounds = 9, Cloaked = 14;

    /// <returns>An HRESULT.</returns>
    [LibraryImport("dwmapi.dll")]
    public static unsafe partial int DwmGetWindowAttribute(nint window, uint attribute, void* value, uint size);
}
