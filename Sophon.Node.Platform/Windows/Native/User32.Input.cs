using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>user32.dll: mouse and keyboard.</summary>
static partial class User32
{
    /// <summary>MAPVK_VK_TO_VSC.</summary>
    public const uint VirtualKeyToScanCode = 0;

    [LibraryImport(Library, SetLastError = true)]
    public static partial uint SendInput(uint count, ReadOnlySpan<Input> inputs, int size);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetCursorPos(out NativePoint point);

    [LibraryImport(Library)]
    public static partial short GetAsyncKeyState(int virtualKey);

    [LibraryImport(Library)]
    public static partial nint GetKeyboardLayout(uint thread);

    [LibraryImport(Library, EntryPoint = "VkKeyScanExW")]
    public static partial short VkKeyScanEx(ushort character, nint layout);

    [LibraryImport(Library, EntryPoint = "MapVirtualKeyExW")]
    public static partial uint MapVirtualKeyEx(uint code, uint mapType, nint layout);
}
