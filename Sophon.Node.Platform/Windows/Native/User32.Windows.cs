using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>user32.dll: windows, messages, menus.</summary>
static partial class User32
{
    /// <summary>ShowWindow commands.</summary>
    public const int ShowMaximized = 3, ShowNoActivate = 4, ShowMinimized = 6, Restore = 9;

    /// <summary>SetWindowPos flags.</summary>
    public const uint NoSize = 0x0001, NoMove = 0x0002, NoZOrder = 0x0004, NoActivate = 0x0010, NoOwnerZOrder = 0x0200, AsyncPosition = 0x4000;

    /// <summary>GetWindowLong indices.</summary>
    public const int Style = -16, ExtendedStyle = -20, UserData = -21;

    /// <summary>Messages.</summary>
    public const uint Null = 0x0000, Destroy = 0x0002, Close = 0x0010, ContextMenu = 0x007B, LeftButtonUp = 0x0202, RightButtonUp = 0x0205, User = 0x0400, App = 0x8000;

    /// <summary>HWND_MESSAGE, the parent of windows that only take messages.</summary>
    public const nint MessageOnly = -3;

    /// <summary>AppendMenu flags.</summary>
    public const uint MenuText = 0, MenuGrayed = 1, MenuSeparator = 0x800;

    /// <summary>TrackPopupMenuEx: answer the command instead of posting it; either button chooses.</summary>
    public const uint MenuReturnsCommand = 0x0100, MenuRightButton = 0x0002;

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool EnumWindows(delegate* unmanaged<nint, nint, int> callback, nint data);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsWindow(nint window);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsWindowVisible(nint window);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsIconic(nint window);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool IsZoomed(nint window);

    [LibraryImport(Library, EntryPoint = "GetWindowTextW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial int GetWindowText(nint window, Span<char> text, int capacity);

    [LibraryImport(Library, EntryPoint = "GetClassNameW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial int GetClassName(nint window, Span<char> name, int capacity);

    [LibraryImport(Library, SetLastError = true)]
    public static partial uint GetWindowThreadProcessId(nint window, out uint process);

    [LibraryImport(Library, EntryPoint = "GetWindowLongPtrW", SetLastError = true)]
    public static partial nint GetWindowLong(nint window, int index);

    [LibraryImport(Library, EntryPoint = "SetWindowLongPtrW", SetLastError = true)]
    public static partial nint SetWindowLong(nint window, int index, nint value);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetWindowRect(nint window, out NativeRectangle rectangle);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetWindowPlacement(nint window, ref WindowPlacement placement);

    [LibraryImport(Library)]
    public static partial nint MonitorFromRect(in NativeRectangle rectangle, uint otherwise);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetWindowPos(nint window, nint after, int x, int y, int width, int height, uint flags);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ShowWindowAsync(nint window, int command);

    [LibraryImport(Library)]
    public static partial nint GetForegroundWindow();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetForegroundWindow(nint window);

    [LibraryImport(Library)]
    public static partial nint GetLastActivePopup(nint window);

    [LibraryImport(Library)]
    public static partial nint WindowFromPoint(NativePoint point);

    [LibraryImport(Library, EntryPoint = "FindWindowW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint FindWindow(string className, string? title);

    [LibraryImport(Library, EntryPoint = "PostMessageW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PostMessage(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport(Library, EntryPoint = "RegisterWindowMessageW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint RegisterWindowMessage(string name);

    [LibraryImport(Library, EntryPoint = "RegisterClassExW", SetLastError = true)]
    public static partial ushort RegisterClass(in WindowClass description);

    [LibraryImport(Library, EntryPoint = "CreateWindowExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint CreateWindow(
        uint extendedStyle, string className, string? title, uint style, int x, int y, int width, int height,
        nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyWindow(nint window);

    [LibraryImport(Library, EntryPoint = "DefWindowProcW")]
    public static partial nint DefaultProcedure(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport(Library, EntryPoint = "GetMessageW", SetLastError = true)]
    public static partial int GetMessage(out WindowMessage message, nint window, uint first, uint last);

    [LibraryImport(Library, EntryPoint = "DispatchMessageW")]
    public static partial nint DispatchMessage(in WindowMessage message);

    [LibraryImport(Library)]
    public static partial void PostQuitMessage(int exitCode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial IconHandle CreateIcon(nint instance, int width, int height, byte planes, byte bitsPerPixel, ReadOnlySpan<byte> andMask, ReadOnlySpan<byte> pixels);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyIcon(nint icon);

    [LibraryImport(Library, SetLastError = true)]
    public static partial MenuHandle CreatePopupMenu();

    [LibraryImport(Library, EntryPoint = "AppendMenuW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool AppendMenu(MenuHandle menu, uint flags, nuint id, string? text);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int TrackPopupMenuEx(MenuHandle menu, uint flags, int x, int y, nint window, nint parameters);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyMenu(nint menu);
}
