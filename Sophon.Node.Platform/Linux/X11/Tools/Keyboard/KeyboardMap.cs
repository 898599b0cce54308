using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>What the keys mean now, as <c>xmodmap -pk -pm</c> prints it.</summary>
sealed partial class KeyboardMap
{
    // Keycode 8 is what xdotool itself takes for characters that it misses, and some clients drop it.
    const int FirstSpareKeycode = 9;

    // Two levels of two groups, then levels 3 and 4 of the first. What comes later may need Caps Lock (ẞ on "de"): xdotool would
    // press that like Shift, and leave it on.
    const int SafeColumns = 6;

    KeyboardMap(Dictionary<int, Keysym[]> keys, IReadOnlyList<int> modifierKeycodes)
    {
        ModifierKeycodes = modifierKeycodes;
        Borrowed = keys.Where(key => IsMarked(key.Value)).ToFrozenDictionary(key => key.Key, key => key.Value[0]);
        Spare = [.. keys.Where(key => key.Key >= FirstSpareKeycode && (IsEmpty(key.Value) || IsMarked(key.Value))).Select(key => key.Key).Order()];

        var own = keys.Where(key => !IsMarked(key.Value)).OrderBy(key => key.Key).ToList();
        Dictionary<Keysym, int> safe = [], unsafeOnes = [];
        foreach (var (keycode, symbols) in own)
        {
            foreach (var symbol in symbols.Take(SafeColumns)) safe.TryAdd(symbol, keycode);
            foreach (var symbol in symbols.Skip(SafeColumns)) unsafeOnes.TryAdd(symbol, keycode);
        }

        Hidden = unsafeOnes.Where(place => place.Value < safe.GetValueOrDefault(place.Key, int.MaxValue)).Select(place => place.Key).ToFrozenSet();
        Keysyms = safe.Keys.Except(Hidden).ToFrozenSet();
        Characters = Keysyms.Select(symbol => symbol.Character).OfType<Rune>().ToFrozenSet();
    }

    /// <summary>The keys that hold a modifier, the locks apart.</summary>
    public IReadOnlyList<int> ModifierKeycodes { get; }

    /// <summary>Keycodes that no key of the layout uses, ascending; some may be <see cref="Borrowed"/> already.</summary>
    public IReadOnlyList<int> Spare { get; }

    /// <summary>What the Node (this or an earlier one) put on spare keycodes.</summary>
    public FrozenDictionary<int, Keysym> Borrowed { get; }

    /// <summary>What the keys of the layout mean, without what is borrowed.</summary>
    public FrozenSet<Keysym> Keysyms { get; }

    /// <summary>What xdotool, which takes the first key that it finds, would look for on a level that it can't reach soundly.</summary>
    public FrozenSet<Keysym> Hidden { get; }

    /// <summary>The characters that some key of the layout types.</summary>
    public FrozenSet<Rune> Characters { get; }

    /// <summary>
    /// The line for xmodmap that lends a spare keycode to a keysym. It is on both levels, so that neither Shift nor Caps Lock changes it;
    /// VoidSymbol in the second group, which no layout has, marks it as ours.
    /// </summary>
    public static string Lend(int keycode, Keysym keysym) =>
        string.Create(CultureInfo.InvariantCulture, $"keycode {keycode} = {keysym} {keysym} {Keysym.Void} {Keysym.Void}");

    /// <summary>The line for xmodmap that empties a keycode.</summary>
    public static string Return(int keycode) => string.Create(CultureInfo.InvariantCulture, $"keycode {keycode} =");

    public static KeyboardMap Parse(string text)
    {
        var keys = new Dictionary<int, Keysym[]>();
        foreach (Match line in KeyLine().Matches(text))
            keys[Number(line.Groups["keycode"])] = [.. line.Groups["keysym"].Captures.Select(capture => new Keysym(uint.Parse(capture.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];

        var modifiers = ModifierLine().Matches(text).Where(line => line.Groups["name"].Value != "lock")
            .SelectMany(line => line.Groups["keycode"].Captures)
            .Select(capture => int.Parse(capture.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Where(keycode => !keys.GetValueOrDefault(keycode, []).Contains(Keysym.OfName("numlock")));
        return new KeyboardMap(keys, [.. modifiers.Distinct()]);
    }

    static bool IsEmpty(Keysym[] symbols) => symbols.All(symbol => symbol == Keysym.None);

    static bool IsMarked(Keysym[] symbols) => symbols is [var first, var second, var third, var fourth, ..]
        && first == second && third == Keysym.Void && fourth == Keysym.Void;

    static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    // "     26    	0x0065 (e)	0x0045 (E)	0x20ac (EuroSign)	"
    [GeneratedRegex(@"^ +(?<keycode>\d+) +\t(?:0x(?<keysym>[0-9a-f]+) \([^)]*\)\t?)*", RegexOptions.Multiline)]
    private static partial Regex KeyLine();

    // "shift       Shift_L (0x32),  Shift_R (0x3e)"
    [GeneratedRegex(@"^(?<name>shift|lock|control|mod[1-5]) +(?:\S+ \(0x(?<keycode>[0-9a-f]+)\)(?:, +)?)*", RegexOptions.Multiline)]
    private static partial Regex ModifierLine();
}
