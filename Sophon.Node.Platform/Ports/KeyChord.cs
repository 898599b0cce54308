using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sophon.Node.Platform.Ports;

/// <summary>A key held in a chord with the main key.</summary>
public enum KeyModifier { Control, Shift, Alt, Super }

/// <summary>One key, either named (<c>enter</c>, <c>f5</c>, <c>left</c>) or the character that it types.</summary>
/// <param name="Name">Lower-case canonical name from <see cref="KeyNames.Named"/>, or null for a character key.</param>
/// <param name="Character">The character, or null for a named key.</param>
public sealed record Key(string? Name, Rune? Character)
{
    public override string ToString() => Name ?? Character?.ToString() ?? "";
}

/// <summary>A key with the modifiers held while it is pressed.</summary>
public sealed record KeyChord(IReadOnlyList<KeyModifier> Modifiers, Key Key)
{
    /// <summary>Reads one key name, as <c>input.keyboard.press</c> takes it.</summary>
    public static bool TryParseKey(string text, [NotNullWhen(true)] out KeyChord? chord, [NotNullWhen(false)] out string? error)
    {
        chord = null;
        if (!KeyNames.TryParse(text, out var key))
        {
            error = $"\"{text}\" is no key name; it takes one character or one of: {KeyNames.Summary}";
            return false;
        }

        chord = new KeyChord([], key);
        error = null;
        return true;
    }

    /// <summary>Reads modifiers and one key, e.g. <c>["ctrl", "shift", "t"]</c>; a modifier alone (<c>["super"]</c>) is a key as well.</summary>
    public static bool TryParseHotkey(IReadOnlyList<string> keys, [NotNullWhen(true)] out KeyChord? chord, [NotNullWhen(false)] out string? error)
    {
        chord = null;
        if (keys.Count == 0)
        {
            error = "it takes at least one key, e.g. \"ctrl+shift+t\"";
            return false;
        }

        var modifiers = new List<KeyModifier>();
        foreach (var name in keys.Take(keys.Count - 1))
        {
            if (!KeyNames.TryParseModifier(name, out var modifier))
            {
                error = $"\"{name}\" is no modifier; before the last key it takes ctrl, shift, alt, super (cmd, win, meta)";
                return false;
            }

            if (!modifiers.Contains(modifier)) modifiers.Add(modifier);
        }

        if (!KeyNames.TryParse(keys[^1], out var key))
        {
            error = $"\"{keys[^1]}\" is no key name; it takes one character or one of: {KeyNames.Summary}";
            return false;
        }

        chord = new KeyChord(modifiers, key);
        error = null;
        return true;
    }

    /// <summary>Splits "ctrl+shift+t"; "ctrl++" is control and plus.</summary>
    public static IReadOnlyList<string> Split(string hotkey)
    {
        if (hotkey == "+") return ["+"];
        var parts = hotkey.EndsWith("++", StringComparison.Ordinal)
            ? [.. hotkey[..^2].Split('+'), "+"]
            : hotkey.Split('+');
        return [.. parts.Select(part => part.Length > 1 ? part.Trim() : part)];
    }

    public override string ToString() => string.Join('+', [.. Modifiers.Select(m => m.ToString().ToLowerInvariant()), Key.ToString()]);
}
