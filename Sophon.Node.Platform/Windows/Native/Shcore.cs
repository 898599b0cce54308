using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>shcore.dll.</summary>
[SupportedOSPlatform("windows")]
static partial class Shcore
{
    /// <summary>MDT_EFFECTIVE_DPI.</summary>
    public const int EffectiveDpi = 0;

    /// <returns>An HRESULT.</returns>
    [LibraryImport("shcore.dll")]
    public static partial int GetDpiForMonitor(nint monitor, int kind, out uint x, out uint y);
}
