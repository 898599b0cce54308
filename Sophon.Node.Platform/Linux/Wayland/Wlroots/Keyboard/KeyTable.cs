using System.Collections.Frozen;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;

/// <summary>The fixed part of our keyboard: a US keyboard, each key at its usual code, so that programs which look at codes (games, browsers) see what they expect.</summary>
/// <remarks>Codes: <c>linux/input-event-codes.h</c>. Symbols: the names of <c>xkbcommon-keysyms.h</c>.</remarks>
static class KeyTable
{
    /// <summary>Keys that type a character without and with Shift.</summary>
    public static readonly FrozenDictionary<uint, (char Plain, char Shifted)> Characters = Rows(
        (2, "1234567890-=", "!@#$%^&*()_+"),
        (16, "qwertyuiop[]", "QWERTYUIOP{}"),
        (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
        (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"));

    /// <summary>The keys of <see cref="KeyNames.Named"/>.</summary>
    public static readonly FrozenDictionary<string, (uint Code, string Symbol)> Named = new Dictionary<string, (uint, string)>
    {
        ["enter"] = (28, "Return"),
        ["escape"] = (1, "Escape"),
        ["tab"] = (15, "Tab"),
        ["space"] = (57, "space"),
        ["backspace"] = (14, "BackSpace"),
        ["delete"] = (111, "Delete"),
        ["insert"] = (110, "Insert"),
        ["home"] = (102, "Home"),
        ["end"] = (107, "End"),
        ["pageup"] = (104, "Prior"),
        ["pagedown"] = (109, "Next"),
        ["left"] = (105, "Left"),
        ["right"] = (106, "Right"),
        ["up"] = (103, "Up"),
        ["down"] = (108, "Down"),
        ["print"] = (99, "Print"),
        ["pause"] = (119, "Pause"),
        ["menu"] = (127, "Menu"),
        ["capslock"] = (58, "Caps_Lock"),
        ["numlock"] = (69, "Num_Lock"),
        ["scrolllock"] = (70, "Scroll_Lock"),
        ["ctrl"] = (29, "Control_L"),
        ["shift"] = (42, "Shift_L"),
        ["alt"] = (56, "Alt_L"),
        ["super"] = (125, "Super_L"),
    }.Concat(Enumerable.Range(1, 24).Select(n => KeyValuePair.Create($"f{n}", (FunctionKey(n), $"F{n}")))).ToFrozenDictionary();

    /// <summary>Codes that the fixed part leaves to characters as they are needed. 247 is the last: X11 programs know no keycode past 255.</summary>
    public static readonly IReadOnlyList<uint> FreeCodes =
        [.. Enumerable.Range(84, 247 - 84 + 1).Select(code => (uint)code).Except(Named.Values.Select(key => key.Code))];

    public static string NameOf(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => "ctrl",
        KeyModifier.Shift => "shift",
        KeyModifier.Alt => "alt",
        _ => "super",
    };

    /// <summary>The real modifier's bit in our keymap: Shift, Control, Mod1 (Alt), Mod4 (Super).</summary>
    public static uint MaskOf(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => 1 << 2,
        KeyModifier.Shift => 1 << 0,
        KeyModifier.Alt => 1 << 3,
        _ => 1 << 6,
    };

    /// <summary>The modifier that a named key switches on and off (Lock, Mod2); 0 for every other key.</summary>
    public static uint LockMaskOf(string name) => name switch
    {
        "capslock" => 1 << 1,
        "numlock" => 1 << 4,
        _ => 0,
    };

    /// <summary>The code and whether Shift belongs to it; null where the fixed part lacks the character.</summary>
    public static (uint Code, bool Shifted)? Find(Rune character)
    {
        foreach (var (code, (plain, shifted)) in Characters)
        {
            if (plain == character.Value) return (code, false);
            if (shifted == character.Value) return (code, true);
        }

        return character.Value == ' ' ? (Named["space"].Code, false) : null;
    }

    /// <summary>What a key with one level only has to carry in a chord: under Shift the capital letter, or what a US keyboard has there.</summary>
    public static Key UnderModifiers(KeyChord chord)
    {
        if (chord.Key.Character is not { } character || !chord.Modifiers.Contains(KeyModifier.Shift)) return chord.Key;
        return new Key(null, Find(character) is { Shifted: false, Code: var code } && Characters.TryGetValue(code, out var both)
            ? new Rune(both.Shifted)
            : Rune.ToUpperInvariant(character));
    }

    static uint FunctionKey(int number) => number switch
    {
        <= 10 => 58 + (uint)number,
        <= 12 => 76 + (uint)number,
        _ => 170 + (uint)number,
    };

    static FrozenDictionary<uint, (char, char)> Rows(params (uint First, string Plain, string Shifted)[] rows) => rows
        .SelectMany(row => row.Plain.Select((plain, index) => KeyValuePair.Create(row.First + (uint)index, (plain, row.Shifted[index]))))
        .ToFrozenDictionary();
}
