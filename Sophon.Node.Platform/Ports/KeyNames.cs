using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sophon.Node.Platform.Ports;

/// <summary>The key names that the documented commands take, and their synonyms. Case does not matter.</summary>
public static class KeyNames
{
    static readonly FrozenDictionary<string, KeyModifier> Modifiers = new Dictionary<string, KeyModifier>
    {
        ["ctrl"] = KeyModifier.Control,
        ["control"] = KeyModifier.Control,
        ["shift"] = KeyModifier.Shift,
        ["alt"] = KeyModifier.Alt,
        ["option"] = KeyModifier.Alt,
        ["super"] = KeyModifier.Super,
        ["cmd"] = KeyModifier.Super,
        ["command"] = KeyModifier.Super,
        ["win"] = KeyModifier.Super,
        ["windows"] = KeyModifier.Super,
        ["meta"] = KeyModifier.Super,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>
    {
        ["return"] = "enter",
        ["esc"] = "escape",
        ["del"] = "delete",
        ["ins"] = "insert",
        ["pgup"] = "pageup",
        ["pgdn"] = "pagedown",
        ["pgdown"] = "pagedown",
        ["arrowleft"] = "left",
        ["arrowright"] = "right",
        ["arrowup"] = "up",
        ["arrowdown"] = "down",
        ["printscreen"] = "print",
        ["spacebar"] = "space",
        ["apps"] = "menu",
        ["control"] = "ctrl",
        ["option"] = "alt",
        ["cmd"] = "super",
        ["command"] = "super",
        ["win"] = "super",
        ["windows"] = "super",
        ["meta"] = "super",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The canonical names.</summary>
    public static readonly FrozenSet<string> Named = new[]
    {
        "enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown",
        "left", "right", "up", "down", "print", "pause", "menu", "capslock", "numlock", "scrolllock",
        "ctrl", "shift", "alt", "super",
    }.Concat(Enumerable.Range(1, 24).Select(number => $"f{number}")).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>For error messages and help.</summary>
    public const string Summary =
        "enter, escape, tab, space, backspace, delete, insert, home, end, pageup, pagedown, left, right, up, down, "
        + "f1–f24, print, pause, menu, capslock, numlock, scrolllock, ctrl, shift, alt, super";

    public static bool TryParseModifier(string text, out KeyModifier modifier) => Modifiers.TryGetValue(text, out modifier);

    public static bool TryParse(string text, [NotNullWhen(true)] out Key? key)
    {
        key = null;
        var name = Synonyms.GetValueOrDefault(text, text);
        if (Named.TryGetValue(name, out var canonical))
        {
            key = new Key(canonical, null);
        }
        else if (Rune.TryGetRuneAt(text.Length == 0 ? "\ud800" : text, 0, out var rune)
            && rune.Utf16SequenceLength == text.Length && !Rune.IsControl(rune))
        {
            key = rune.Value == ' ' ? new Key("space", null) : new Key(null, rune);
        }

        return key is not null;
    }
}
