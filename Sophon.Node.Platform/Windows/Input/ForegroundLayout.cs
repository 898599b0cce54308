using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Windows keeps a layout for each thread; what counts is the one of the window in front.</summary>
[SupportedOSPlatform("windows")]
sealed class ForegroundLayout : IKeyLayout
{
    const int ShiftBit = 1, ControlBit = 2, AltBit = 4;

    readonly nint layout = User32.GetKeyboardLayout(User32.GetWindowThreadProcessId(User32.GetForegroundWindow(), out _));

    public ushort ScanCode(ushort virtualKey) => (ushort)User32.MapVirtualKeyEx(virtualKey, User32.VirtualKeyToScanCode, layout);

    public LayoutKey? Find(char character)
    {
        // Low byte the key, high byte the modifiers; -1 when there is none.
        var found = User32.VkKeyScanEx(character, layout);
        if (found == -1) return null;

        var modifiers = found >> 8;
        var (control, alt) = ((modifiers & ControlBit) != 0, (modifiers & AltBit) != 0);
        // Control alone "types" control characters; bits above are for keys that these layouts do not have (Hankaku).
        return control == alt && modifiers <= (ShiftBit | ControlBit | AltBit)
            ? new LayoutKey((ushort)(found & 0xFF), (modifiers & ShiftBit) != 0, alt)
            : null;
    }

    /// <summary>Its language identifier, e.g. 0407 for German, for <c>doctor</c>.</summary>
    public override string ToString() => $"{layout & 0xFFFF:X4}";
}
