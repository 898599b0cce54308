using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What each key types, by layout and level. Immutable: a snapshot of the server's map.</summary>
sealed class Keymap
{
    const byte Shift = 1, Lock = 2;

    // The keys whose modifiers choose levels. Others (Alt, Super …) would turn typing into commands.
    static readonly uint[] LevelKeysyms = [Keysyms.ShiftLeft, Keysyms.ShiftRight, Keysyms.Level3Shift, Keysyms.ModeSwitch, Keysyms.Level5Shift];

    readonly XkbMap map;
    readonly Dictionary<uint, KeyStroke>[] bySymbol;
    readonly Dictionary<Rune, KeyStroke>[] byRune;
    readonly Dictionary<byte, byte> levelKeys;

    public Keymap(XkbMap map)
    {
        this.map = map;
        GroupCount = Math.Max(1, map.Keys.Max(key => key.GroupInfo & 0x0f));
        levelKeys = FindLevelKeys();
        LevelModifiers = (byte)levelKeys.Keys.Aggregate(0, (all, bit) => all | bit);
        bySymbol = [.. Enumerable.Range(0, GroupCount).Select(ReadGroup)];
        byRune = [.. bySymbol.Select(ByRune)];
        Spare = [.. map.Keys.Where(key => key.Symbols.All(symbol => symbol == Keysyms.None) && key.Keycode > FirstUsable && !map.Modifiers.ContainsKey(key.Keycode))
            .Select(key => key.Keycode)];
        (BorrowedType, BorrowedLevels) = FindBorrowedType();
    }

    // Keycode 8 is what a kernel key 0 ("reserved") becomes; some clients drop it.
    const byte FirstUsable = 8;

    /// <summary>How many layouts the map holds.</summary>
    public int GroupCount { get; }

    /// <summary>The modifiers that typing may press itself.</summary>
    public byte LevelModifiers { get; }

    /// <summary>Keycodes that type nothing.</summary>
    public IReadOnlyList<byte> Spare { get; }

    /// <summary>What a borrowed key can do: each entry is the modifiers of one level, the first is none.</summary>
    public IReadOnlyList<byte> BorrowedLevels { get; }

    /// <summary>The type of borrowed keys.</summary>
    public byte BorrowedType { get; }

    /// <summary>How to type a character, in <paramref name="group"/> where that has it.</summary>
    public bool TryFind(Rune rune, byte group, out KeyStroke stroke) => TryFind(byRune, rune, group, out stroke);

    /// <summary>How to press the key with a symbol, in <paramref name="group"/> where that has it.</summary>
    public bool TryFind(uint keysym, byte group, out KeyStroke stroke) => TryFind(bySymbol, keysym, group, out stroke);

    /// <summary>The key to press for one of <see cref="LevelModifiers"/>.</summary>
    public byte LevelKey(byte modifier) => levelKeys[modifier];

    /// <summary>The keys that set modifiers (not locks), of those that are down.</summary>
    /// <param name="down">The server's bit vector of keys.</param>
    public IReadOnlyList<byte> HeldModifiers(ReadOnlySpan<byte> down)
    {
        var held = new List<byte>();
        foreach (var (keycode, modifiers) in map.Modifiers)
            if (modifiers is not 0 and not Lock && !IsNumLock(keycode) && (down[keycode / 8] & 1 << keycode % 8) != 0) held.Add(keycode);
        return held;
    }

    /// <summary>The symbols that a key has now.</summary>
    public IReadOnlyList<uint> Symbols(byte keycode) => map.Keys.FirstOrDefault(key => key.Keycode == keycode)?.Symbols ?? [];

    bool IsNumLock(byte keycode) => Symbols(keycode).Contains(Keysyms.NumLock);

    static bool TryFind<T>(Dictionary<T, KeyStroke>[] groups, T wanted, byte group, out KeyStroke stroke) where T : notnull
    {
        if (group < groups.Length && groups[group].TryGetValue(wanted, out stroke)) return true;
        foreach (var other in groups)
            if (other.TryGetValue(wanted, out stroke)) return true;
        stroke = default;
        return false;
    }

    Dictionary<byte, byte> FindLevelKeys()
    {
        var keys = new Dictionary<byte, byte>();
        foreach (var keysym in LevelKeysyms)
        {
            foreach (var key in map.Keys.Where(key => key.Symbols.FirstOrDefault() == keysym))
            {
                // One bit only: a key that sets two would choose another level.
                if (map.Modifiers.TryGetValue(key.Keycode, out var bit) && bit is not 0 && (bit & bit - 1) == 0) keys.TryAdd(bit, key.Keycode);
            }
        }

        return keys;
    }

    // The type with the most levels that Shift and AltGr alone can reach: four on nearly every map.
    (byte Type, IReadOnlyList<byte> Levels) FindBorrowedType()
    {
        var best = ((byte)0, (IReadOnlyList<byte>)[0]);
        for (var i = 0; i < map.Types.Count; i++)
        {
            var type = map.Types[i];
            if ((type.ModifierMask & ~LevelModifiers) != 0) continue;
            var levels = Enumerable.Range(0, type.LevelCount).Select(level => ModifiersFor(type, (byte)level)).ToList();
            if (levels.Count > best.Item2.Count && levels.TrueForAll(level => level is not null)) best = ((byte)i, [.. levels.Select(level => level!.Value)]);
        }

        return best;
    }

    Dictionary<uint, KeyStroke> ReadGroup(int group)
    {
        var strokes = new Dictionary<uint, KeyStroke>();
        foreach (var key in map.Keys)
        {
            var groups = key.GroupInfo & 0x0f;
            if (groups == 0) continue;
            var own = InRange(group, groups, key.GroupInfo);
            var type = map.Types[key.Types[own]];
            for (byte level = 0; level < Math.Min(key.Width, type.LevelCount); level++)
            {
                var symbol = key.Symbols[own * key.Width + level];
                if (symbol == Keysyms.None || ModifiersFor(type, level) is not { } modifiers) continue;
                var stroke = new KeyStroke(key.Keycode, (byte)group, modifiers);
                if (!strokes.TryGetValue(symbol, out var known) || stroke.ModifierCount < known.ModifierCount) strokes[symbol] = stroke;
            }
        }

        return strokes;
    }

    // What a key does in a group that it lacks (XKB protocol, "Key Symbol Map": wrap, clamp or redirect).
    static int InRange(int group, int groups, byte info)
    {
        const int clamp = 0x40, redirect = 0x80;
        if (group < groups) return group;
        return (info & 0xc0) switch
        {
            clamp => groups - 1,
            redirect => (info >> 4 & 3) < groups ? info >> 4 & 3 : 0,
            _ => group % groups,
        };
    }

    byte? ModifiersFor(XkbKeyType type, byte level)
    {
        // No modifier chooses level 0, unless the type says otherwise.
        if (level == 0 && !type.Levels.Any(entry => entry is { Modifiers: 0, Level: not 0 })) return 0;
        byte? best = null;
        foreach (var (modifiers, _) in type.Levels.Where(entry => entry.Level == level && (entry.Modifiers & ~LevelModifiers) == 0))
            if (best is not { } known || System.Numerics.BitOperations.PopCount(modifiers) < System.Numerics.BitOperations.PopCount(known)) best = modifiers;
        return best;
    }

    static Dictionary<Rune, KeyStroke> ByRune(Dictionary<uint, KeyStroke> symbols)
    {
        var runes = new Dictionary<Rune, KeyStroke>();
        foreach (var (symbol, stroke) in symbols)
        {
            if (Keysyms.ToRune(symbol) is not { } rune) continue;
            if (!runes.TryGetValue(rune, out var known) || stroke.ModifierCount < known.ModifierCount) runes[rune] = stroke;
        }

        return runes;
    }
}
