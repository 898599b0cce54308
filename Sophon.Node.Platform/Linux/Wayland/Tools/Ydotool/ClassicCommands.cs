using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;

/// <summary>ydotool 0.1.8: its own key names (libevdevPlus), buttons 1, 2, 3 for left, right, middle, and no wheel. It waits 100 ms by itself before each act.</summary>
sealed class ClassicCommands : YdotoolCommands
{
    public override IReadOnlyList<string> Move(int x, int y) => ["mousemove", Text(x), Text(y)];

    public override IReadOnlyList<IReadOnlyList<string>> Click(PointerButton button, int clicks)
    {
        var number = button switch { PointerButton.Left => "1", PointerButton.Right => "2", _ => "3" };
        // With its 100 ms, a second click would come late for some double-click times.
        return [.. Enumerable.Range(0, clicks).Select(click => (IReadOnlyList<string>)(click == 0 ? ["click", number] : ["click", "--delay", "20", number]))];
    }

    public override IReadOnlyList<string> Scroll(int columns, int rows) => throw new UnsupportedException(
        "Ydotool 0.1 can't turn the wheel. Install ydotool 1.0.2 or newer, or set platform.wayland.backend = native (or auto).");

    public override IReadOnlyList<string> Press(KeyChord chord)
    {
        var (key, isShifted) = NameOf(chord.Key);
        var modifiers = isShifted ? chord.Modifiers.Union([KeyModifier.Shift]) : chord.Modifiers;
        return ["key", string.Join('+', [.. modifiers.Select(NameOf), key])];
    }

    static string NameOf(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => "ctrl",
        KeyModifier.Shift => "shift",
        KeyModifier.Alt => "alt",
        _ => "super",
    };

    static (string Name, bool IsShifted) NameOf(Key key)
    {
        switch (key.Name)
        {
            case null:
                // A plus in a name would cut it in two, so keys are named by what they type without Shift.
                var (code, isShifted) = Find(key) ?? throw UnknownKey(key);
                return (KeyTable.Characters[code].Plain.ToString(), isShifted);
            case "escape":
                return ("esc", false);
            case "print":
                return ("sysrq", false);
            case "space":
                return (" ", false);
            case "menu":
            case ['f', '1' or '2', >= '3' and <= '9'] or ['f', '2', _]:
                throw UnknownKey(key);
            default:
                return (key.Name, false);
        }
    }
}
