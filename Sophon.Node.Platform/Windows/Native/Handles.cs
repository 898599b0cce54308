using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>The device context of the whole virtual desktop.</summary>
[SupportedOSPlatform("windows")]
sealed class ScreenContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => User32.ReleaseDC(0, handle) != 0;
}

/// <summary>A device context in memory.</summary>
[SupportedOSPlatform("windows")]
sealed class MemoryContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Gdi32.DeleteDC(handle);
}

[SupportedOSPlatform("windows")]
sealed class BitmapHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Gdi32.DeleteObject(handle);
}

[SupportedOSPlatform("windows")]
sealed class DesktopHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => User32.CloseDesktop(handle);
}

[SupportedOSPlatform("windows")]
sealed class IconHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => User32.DestroyIcon(handle);
}

[SupportedOSPlatform("windows")]
sealed class MenuHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => User32.DestroyMenu(handle);
}
