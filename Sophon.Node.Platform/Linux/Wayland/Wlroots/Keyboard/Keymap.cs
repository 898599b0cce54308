using System.Collections.Immutable;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;

/// <summary>One key with what is held while it is pressed.</summary>
readonly record struct KeyStroke(uint Code, ImmutableArray<KeyModifier> Modifiers);

/// <summary>Our keyboard's keymap: the fixed keys, and a key of its own for each further character that a text needs.</summary>
/// <remarks>Text format: https://xkbcommon.org/doc/current/keymap-text-format-v1.html. It includes nothing, so it needs no xkb data where it is read.</remarks>
sealed class Keymap
{
    /// <summary>How many characters beyond the fixed keys fit at once.</summary>
    public static readonly int Capacity = KeyTable.FreeCodes.Count;

    public static readonly Keymap Basic = new([]);

    readonly ImmutableDictionary<Rune, uint> extras;

    Keymap(IEnumerable<Rune> characters) =>
        extras = characters.Zip(KeyTable.FreeCodes).ToImmutableDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>This keymap where it has all of them; else one that has, keeping what this one has as far as there is room.</summary>
    /// <param name="characters">At most <see cref="Capacity"/> of them may lie outside the fixed keys.</param>
    public Keymap With(IEnumerable<Rune> characters)
    {
        var needed = characters.Where(character => KeyTable.Find(character) is null).Distinct().ToList();
        if (needed.All(extras.ContainsKey)) return this;
        var merged = extras.Keys.Union(needed).ToList();
        return new Keymap(merged.Count <= Capacity ? merged : needed);
    }

    /// <exception cref="KeyNotFoundException">The keymap lacks it.</exception>
    public KeyStroke StrokeOf(Rune character) => KeyTable.Find(character) is { } key
        ? new KeyStroke(key.Code, key.Shifted ? [KeyModifier.Shift] : [])
        : new KeyStroke(extras[character], []);

    public override string ToString()
    {
        var codes = KeyTable.Characters.Keys.Concat(KeyTable.Named.Values.Select(key => key.Code)).Concat(extras.Values).Order();
        var symbols = KeyTable.Characters.Select(key => $"key <{Label(key.Key)}> {{ [ {Symbol(key.Value.Plain)}, {Symbol(key.Value.Shifted)} ] }};")
            .Concat(KeyTable.Named.Values.Select(key => $"key <{Label(key.Code)}> {{ [ {key.Symbol} ] }};"))
            .Concat(extras.Select(key => $"key <{Label(key.Value)}> {{ [ {Symbol(key.Key.Value)} ] }};"));
        return $$"""
            xkb_keymap {
            xkb_keycodes "sophon" {
            minimum = 8;
            maximum = 255;
            {{string.Join('\n', codes.Select(code => $"<{Label(code)}> = {code + 8};"))}}
            };
            xkb_types "sophon" {
            virtual_modifiers Alt, Super, NumLock;
            type "ONE_LEVEL" { modifiers = none; level_name[1] = "Any"; };
            type "TWO_LEVEL" { modifiers = Shift; map[Shift] = 2; level_name[1] = "Base"; level_name[2] = "Shift"; };
            type "ALPHABETIC" { modifiers = Shift + Lock; map[Shift] = 2; map[Lock] = 2; level_name[1] = "Base"; level_name[2] = "Caps"; };
            };
            xkb_compatibility "sophon" {
            virtual_modifiers Alt, Super, NumLock;
            interpret.useModMapMods = AnyLevel;
            interpret.repeat = False;
            interpret Alt_L + AnyOf(all) { virtualModifier = Alt; action = SetMods(modifiers = modMapMods, clearLocks); };
            interpret Super_L + AnyOf(all) { virtualModifier = Super; action = SetMods(modifiers = modMapMods, clearLocks); };
            interpret Num_Lock + AnyOf(all) { virtualModifier = NumLock; action = LockMods(modifiers = NumLock); };
            interpret Any + Exactly(Lock) { action = LockMods(modifiers = Lock); };
            interpret Any + AnyOf(all) { action = SetMods(modifiers = modMapMods, clearLocks); };
            };
            xkb_symbols "sophon" {
            name[group1] = "Sophon Node";
            {{string.Join('\n', symbols)}}
            modifier_map Shift { <{{Label(KeyTable.Named["shift"].Code)}}> };
            modifier_map Lock { <{{Label(KeyTable.Named["capslock"].Code)}}> };
            modifier_map Control { <{{Label(KeyTable.Named["ctrl"].Code)}}> };
            modifier_map Mod1 { <{{Label(KeyTable.Named["alt"].Code)}}> };
            modifier_map Mod2 { <{{Label(KeyTable.Named["numlock"].Code)}}> };
            modifier_map Mod4 { <{{Label(KeyTable.Named["super"].Code)}}> };
            };
            };
            """;
    }

    static string Label(uint code) => $"K{code}";

    // UXXXX names the character's own keysym, for ASCII and Latin-1 too.
    static string Symbol(int character) => $"U{character:X4}";
}
