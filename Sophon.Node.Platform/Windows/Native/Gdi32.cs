using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>gdi32.dll.</summary>
[SupportedOSPlatform("windows")]
static partial class Gdi32
{
    const string Library = "gdi32.dll";

    /// <summary>SRCCOPY.</summary>
    public const uint SourceCopy = 0x00CC0020;

    [LibraryImport(Library, SetLastError = true)]
    public static partial MemoryContextHandle CreateCompatibleDC(ScreenContextHandle context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial BitmapHandle CreateCompatibleBitmap(ScreenContextHandle context, int width, int height);

    /// <summary>The one that was selected before; not to be deleted.</summary>
    [LibraryImport(Library)]
    public static partial nint SelectObject(MemoryContextHandle context, nint selected);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool BitBlt(
        MemoryContextHandle target, int x, int y, int width, int height, ScreenContextHandle source, int sourceX, int sourceY, uint operation);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int GetDIBits(
        MemoryContextHandle context, BitmapHandle bitmap, uint firstLine, uint lines, Span<byte> pixels, ref BitmapInfoHeader info, uint usage);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DeleteDC(nint context);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DeleteObject(nint handle);
}
