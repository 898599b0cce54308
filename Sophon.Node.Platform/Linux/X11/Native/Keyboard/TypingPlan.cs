using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>A keycode that shall type other characters for a while, one on each level; without symbols it types nothing again.</summary>
sealed record BorrowedKey(byte Keycode, uint[] Symbols);

/// <summary>A part of a text that can be typed in one write.</summary>
/// <param name="Borrows">Keys that must be given symbols before.</param>
/// <param name="Reuses">The keys were used for other characters: those must have been read by now.</param>
sealed record TypingSegment(IReadOnlyList<BorrowedKey> Borrows, bool Reuses, IReadOnlyList<KeyStroke> Strokes);

/// <summary>Cuts a text into segments. Pure.</summary>
static class TypingPlan
{
    /// <summary>Strokes of one write at most, so that a long text can be cancelled.</summary>
    public const int MostStrokes = 2_000;

    /// <summary>Plans the segments one after the other.</summary>
    /// <param name="keymap">The map as it is now.</param>
    /// <param name="group">The layout in effect.</param>
    /// <param name="free">Keys that may be borrowed at once.</param>
    /// <param name="all">Keys that may be borrowed once the text before has been read.</param>
    public static IEnumerable<TypingSegment> Cut(Keymap keymap, byte group, IReadOnlyList<Rune> text, IReadOnlyList<byte> free, IReadOnlyList<byte> all)
    {
        var levels = keymap.BorrowedLevels;
        var known = new Dictionary<Rune, KeyStroke>();
        var (keys, reuses) = (free, false);
        var (strokes, borrowed) = (new List<KeyStroke>(), new List<Rune>());
        var current = group;
        foreach (var rune in text)
        {
            // Once keys are used again, what the map says of them no longer holds.
            var onLayout = keymap.TryFind(rune, current, out var stroke) && !(reuses && all.Contains(stroke.Keycode));
            if (!onLayout && !known.TryGetValue(rune, out stroke))
            {
                if (borrowed.Count == keys.Count * levels.Count)
                {
                    if (all.Count == 0) throw new UnsupportedException($"The layout lacks \"{rune}\" and no keycode is free to type it.");
                    if (strokes.Count > 0) yield return Segment(keymap, borrowed, keys, reuses, strokes);
                    // The next segment starts from scratch, with every key.
                    (strokes, borrowed, keys, reuses) = ([], [], all, true);
                    known.Clear();
                }

                stroke = new KeyStroke(keys[borrowed.Count / levels.Count], current, levels[borrowed.Count % levels.Count]);
                borrowed.Add(rune);
                known[rune] = stroke;
            }

            // A borrowed key types the same in every layout.
            if (!onLayout) stroke = stroke with { Group = current };
            current = stroke.Group;
            strokes.Add(stroke);
        }

        if (strokes.Count > 0) yield return Segment(keymap, borrowed, keys, reuses, strokes);
    }

    /// <summary>A key that types up to one symbol a level.</summary>
    public static BorrowedKey Borrow(byte keycode, IReadOnlyList<uint> symbols, Keymap keymap) =>
        // Every level of the type must have a symbol, if only NoSymbol.
        new(keycode, [.. symbols, .. Enumerable.Repeat(Keysyms.None, keymap.BorrowedLevels.Count - symbols.Count)]);

    static TypingSegment Segment(Keymap keymap, List<Rune> borrowed, IReadOnlyList<byte> keys, bool reuses, List<KeyStroke> strokes) =>
        new([.. borrowed.Select(Keysyms.FromRune).Chunk(keymap.BorrowedLevels.Count).Select((symbols, i) => Borrow(keys[i], symbols, keymap))], reuses, strokes);
}
