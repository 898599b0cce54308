using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>POINT.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NativePoint
{
    public int X, Y;
}

/// <summary>RECT.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NativeRectangle
{
    public int Left, Top, Right, Bottom;
}

/// <summary>MONITORINFOEXW.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct MonitorInfoEx
{
    public const uint Primary = 1;

    public uint Size;
    public NativeRectangle Monitor;
    public NativeRectangle Work;
    public uint Flags;
    public fixed char Device[32];
}

/// <summary>DISPLAY_DEVICEW.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct DisplayDevice
{
    public uint Size;
    public fixed char Name[32];
    public fixed char Description[128];
    public uint StateFlags;
    public fixed char Id[128];
    public fixed char Key[128];
}

/// <summary>WINDOWPLACEMENT. The normal position counts from the work area of the window's monitor, not from its corner.</summary>
[StructLayout(LayoutKind.Sequential)]
struct WindowPlacement
{
    public const uint RestoreToMaximized = 2;

    public uint Length;
    public uint Flags;
    public uint ShowCommand;
    public NativePoint Minimized;
    public NativePoint Maximized;
    public NativeRectangle Normal;
}

/// <summary>INPUT.</summary>
[StructLayout(LayoutKind.Sequential)]
struct Input
{
    public const uint MouseType = 0, KeyboardType = 1;

    public uint Type;
    public InputData Data;
}

[StructLayout(LayoutKind.Explicit)]
struct InputData
{
    [FieldOffset(0)] public MouseInput Mouse;
    [FieldOffset(0)] public KeyboardInput Keyboard;
}

/// <summary>MOUSEINPUT.</summary>
[StructLayout(LayoutKind.Sequential)]
struct MouseInput
{
    public int X, Y;
    public int Data;
    public MouseFlags Flags;
    public uint Time;
    public nint ExtraInfo;
}

/// <summary>KEYBDINPUT.</summary>
[StructLayout(LayoutKind.Sequential)]
struct KeyboardInput
{
    public ushort VirtualKey;
    public ushort ScanCode;
    public KeyFlags Flags;
    public uint Time;
    public nint ExtraInfo;
}

/// <summary>MOUSEEVENTF_….</summary>
[Flags]
enum MouseFlags : uint
{
    Move = 0x0001,
    LeftDown = 0x0002,
    LeftUp = 0x0004,
    RightDown = 0x0008,
    RightUp = 0x0010,
    MiddleDown = 0x0020,
    MiddleUp = 0x0040,
    Wheel = 0x0800,
    HorizontalWheel = 0x1000,
    VirtualDesk = 0x4000,
    Absolute = 0x8000,
}

/// <summary>KEYEVENTF_….</summary>
[Flags]
enum KeyFlags : uint
{
    None = 0,
    Extended = 0x0001,
    Up = 0x0002,
    Unicode = 0x0004,
}

/// <summary>WS_…, WS_EX_….</summary>
static class WindowStyles
{
    public const nint Caption = 0xC00000;

    /// <summary>Extended.</summary>
    public const nint ToolWindow = 0x80, AppWindow = 0x40000, NoActivate = 0x8000000;
}

/// <summary>BITMAPINFOHEADER.</summary>
[StructLayout(LayoutKind.Sequential)]
struct BitmapInfoHeader
{
    public uint Size;
    public int Width;
    public int Height;
    public ushort Planes;
    public ushort BitCount;
    public uint Compression;
    public uint SizeImage;
    public int XPixelsPerMeter;
    public int YPixelsPerMeter;
    public uint ColorsUsed;
    public uint ColorsImportant;
}

/// <summary>WNDCLASSEXW.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct WindowClass
{
    public uint Size;
    public uint Style;
    public delegate* unmanaged<nint, uint, nint, nint, nint> Procedure;
    public int ClassExtra;
    public int WindowExtra;
    public nint Instance;
    public nint Icon;
    public nint Cursor;
    public nint Background;
    public char* MenuName;
    public char* Name;
    public nint SmallIcon;
}

/// <summary>MSG.</summary>
[StructLayout(LayoutKind.Sequential)]
struct WindowMessage
{
    public nint Window;
    public uint Message;
    public nint WParam;
    public nint LParam;
    public uint Time;
    public NativePoint Point;
    public uint Private;
}

/// <summary>NOTIFYICONDATAW.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct NotifyIconData
{
    public const int TipCapacity = 128, InfoCapacity = 256, TitleCapacity = 64;

    public uint Size;
    public nint Window;
    public uint Id;
    public uint Flags;
    public uint CallbackMessage;
    public nint Icon;
    public fixed char Tip[TipCapacity];
    public uint State;
    public uint StateMask;
    public fixed char Info[InfoCapacity];
    public uint Version;
    public fixed char InfoTitle[TitleCapacity];
    public uint InfoFlags;
    public Guid Item;
    public nint BalloonIcon;
}

/// <summary>SID_AND_ATTRIBUTES, as TOKEN_MANDATORY_LABEL holds it.</summary>
[StructLayout(LayoutKind.Sequential)]
struct SidAndAttributes
{
    public nint Sid;
    public uint Attributes;
}

/// <summary>USEROBJECTFLAGS.</summary>
[StructLayout(LayoutKind.Sequential)]
struct UserObjectFlags
{
    public const uint Visible = 1;

    public int Inherit;
    public int Reserved;
    public uint Flags;
}
