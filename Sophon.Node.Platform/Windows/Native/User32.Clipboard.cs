using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>user32.dll: the clipboard.</summary>
static partial class User32
{
    /// <summary>CF_UNICODETEXT.</summary>
    public const uint UnicodeText = 13;

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool OpenClipboard(nint owner);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CloseClipboard();

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool EmptyClipboard();

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint GetClipboardData(uint format);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint SetClipboardData(uint format, nint memory);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsClipboardFormatAvailable(uint format);

    [LibraryImport(Library)]
    public static partial nint GetOpenClipboardWindow();
}
