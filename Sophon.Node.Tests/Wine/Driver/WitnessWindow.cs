using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sophon.Node.Tests.Wine.Driver;

/// <summary>A window that writes down what arrives: presses and wheel steps with their place, and keys in the codes of a terminal.</summary>
[SupportedOSPlatform("windows")]
sealed unsafe class WitnessWindow
{
    const string ClassName = "Witness";
    const uint Popup = 0x80000000, Visible = 0x10000000, Overlapped = 0xCF0000, Topmost = 8;

    static WitnessWindow current = null!;

    readonly Lock gate = new();
    readonly StringBuilder typed = new();
    readonly List<string> presses = [];
    nint window;

    /// <summary>Covers the whole screen.</summary>
    public static WitnessWindow Cover() =>
        Start("", Topmost, Popup | Visible, 0, 0, User32.GetSystemMetrics(0), User32.GetSystemMetrics(1));

    /// <summary>An ordinary window that takes the keyboard.</summary>
    public static WitnessWindow Open(string title) => Start(title, 0, Overlapped | Visible, 200, 150, 500, 320);

    public string Typed
    {
        get
        {
            lock (gate) return typed.ToString();
        }
    }

    public IReadOnlyList<string> Presses
    {
        get
        {
            lock (gate) return [.. presses];
        }
    }

    public bool HasKeyboard => User32.GetForegroundWindow() == window;

    public bool IsShown => User32.IsWindowVisible(window);

    public void Activate() => User32.SetForegroundWindow(window);

    public void Clear()
    {
        lock (gate) typed.Clear();
    }

    static WitnessWindow Start(string title, uint extended, uint style, int x, int y, int width, int height)
    {
        User32.SetProcessDpiAwarenessContext(-4);
        current = new WitnessWindow();
        using var ready = new ManualResetEventSlim();
        new Thread(() =>
        {
            fixed (char* name = ClassName)
            {
                // 0: no double clicks; each press comes as itself. The brush is COLOR_WINDOW + 1.
                User32.RegisterClass(new User32.WindowClass { Size = (uint)sizeof(User32.WindowClass), Procedure = &Procedure, Name = name, Background = 6 });
            }

            current.window = User32.CreateWindow(extended, ClassName, title, style, x, y, width, height, 0, 0, 0, 0);
            ready.Set();
            while (User32.GetMessage(out var message, 0, 0, 0) > 0)
            {
                User32.TranslateMessage(message);
                User32.DispatchMessage(message);
            }

            Environment.Exit(0);
        }) { IsBackground = true }.Start();
        ready.Wait();
        return current;
    }

    [UnmanagedCallersOnly]
    static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        const uint close = 0x0010;
        if (message == close) Environment.Exit(0);
        return current.See(window, message, wParam, lParam) ? 0 : User32.DefaultProcedure(window, message, wParam, lParam);
    }

    bool See(nint at, uint message, nint wParam, nint lParam)
    {
        const uint keyDown = 0x0100, character = 0x0102;
        var button = message switch
        {
            0x0201 => "left",
            0x0204 => "right",
            0x0207 => "middle",
            0x020A => (short)(wParam >> 16) > 0 ? "wheel up" : "wheel down",
            0x020E => (short)(wParam >> 16) > 0 ? "wheel right" : "wheel left",
            _ => null,
        };
        lock (gate)
        {
            if (button is not null)
            {
                var place = new User32.Point { X = (short)(lParam & 0xFFFF), Y = (short)((lParam >> 16) & 0xFFFF) };
                // The wheel's place is the screen's, a button's the window's.
                if (message < 0x020A) User32.ClientToScreen(at, ref place);
                presses.Add(string.Create(CultureInfo.InvariantCulture, $"{button} {place.X} {place.Y}"));
                return true;
            }

            if (message == character) typed.Append((char)wParam);
            else if (message == keyDown && TerminalCode((int)wParam) is { } code) typed.Append(code);
            else return false;
            return message == character;
        }
    }

    // ECMA-48 and xterm's modifyCursorKeys: 1 + shift 1 + alt 2 + control 4.
    static string? TerminalCode(int key)
    {
        var modifiers = 1 + (Held(0x10) ? 1 : 0) + (Held(0x12) ? 2 : 0) + (Held(0x11) ? 4 : 0);
        var arrow = key switch { 0x25 => "D", 0x26 => "A", 0x27 => "C", 0x28 => "B", _ => null };
        if (arrow is not null) return modifiers == 1 ? $"\e[{arrow}" : $"\e[1;{modifiers}{arrow}";
        return key == 0x74 ? "\e[15~" : null;
    }

    static bool Held(int key) => User32.GetKeyState(key) < 0;
}
