using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;

/// <summary>ydotool 1.0: key codes of linux/input-event-codes.h with :1 for press and :0 for release, buttons with 0x40 for down and 0x80 for up.</summary>
sealed class ModernCommands : YdotoolCommands
{
    public override IReadOnlyList<string> Move(int x, int y) => ["mousemove", "--absolute", "-x", Text(x), "-y", Text(y)];

    public override IReadOnlyList<IReadOnlyList<string>> Click(PointerButton button, int clicks)
    {
        var code = button switch { PointerButton.Left => "0xC0", PointerButton.Right => "0xC1", _ => "0xC2" };
        return [clicks == 1 ? ["click", code] : ["click", "--repeat", Text(clicks), code]];
    }

    // The kernel's wheel counts up as positive.
    public override IReadOnlyList<string> Scroll(int columns, int rows) => ["mousemove", "--wheel", "-x", Text(columns), "-y", Text(-rows)];

    public override IReadOnlyList<string> Press(KeyChord chord)
    {
        var (key, isShifted) = Find(chord.Key) ?? throw UnknownKey(chord.Key);
        var modifiers = (isShifted ? chord.Modifiers.Union([KeyModifier.Shift]) : chord.Modifiers)
            .Select(modifier => KeyTable.Named[KeyTable.NameOf(modifier)].Code)
            .ToList();
        return
        [
            "key",
            .. modifiers.Select(code => $"{code}:1"),
            $"{key}:1", $"{key}:0",
            .. modifiers.AsEnumerable().Reverse().Select(code => $"{code}:0"),
        ];
    }
}
