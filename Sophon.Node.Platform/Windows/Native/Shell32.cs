using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>shell32.dll: the notification area.</summary>
[SupportedOSPlatform("windows")]
static partial class Shell32
{
    /// <summary>NIM_….</summary>
    public const uint Add = 0, Modify = 1, Delete = 2, SetVersion = 4;

    /// <summary>NIF_….</summary>
    public const uint HasMessage = 1, HasIcon = 2, HasTip = 4, HasInfo = 0x10, ShowTip = 0x80;

    /// <summary>NIIF_INFO.</summary>
    public const uint InfoIcon = 1;

    /// <summary>NOTIFYICON_VERSION_4.</summary>
    public const uint Version4 = 4;

    /// <summary>NIN_…: what the icon reports.</summary>
    public const uint Selected = User32.User, KeySelected = User32.User + 1, BalloonHidden = User32.User + 3, BalloonTimedOut = User32.User + 4, BalloonClicked = User32.User + 5;

    [LibraryImport("shell32.dll", EntryPoint = "Shell_NotifyIconW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool NotifyIcon(uint operation, in NotifyIconData data);
}
