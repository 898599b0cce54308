using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>user32.dll and kernel32.dll: message boxes, and how to close one from another thread.</summary>
[SupportedOSPlatform("windows")]
static unsafe partial class MessageBoxes
{
    public const uint YesNoCancel = 0x3, OkCancel = 0x1, IconWarning = 0x30, DefaultButton2 = 0x100, DefaultButton3 = 0x200, SystemModal = 0x1000, SetForeground = 0x10000, TopMost = 0x40000;
    public const int Ok = 1, Yes = 6, No = 7;
    public const uint Close = 0x10;

    [LibraryImport("user32.dll", EntryPoint = "MessageBoxW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    internal static partial int Show(nint owner, string text, string caption, uint type);

    [LibraryImport("user32.dll", EntryPoint = "EnumThreadWindows")]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool EnumThreadWindows(uint threadId, delegate* unmanaged<nint, nint, int> callback, nint parameter);

    [LibraryImport("user32.dll", EntryPoint = "PostMessageW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool PostMessage(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport("kernel32.dll", EntryPoint = "GetCurrentThreadId")]
    internal static partial uint GetCurrentThreadId();
}
