using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;

/// <summary>A text as the keys to press, in pieces that each get by with one keymap.</summary>
static class TypingPlan
{
    /// <summary>Reads the text; <c>\r\n</c> and <c>\n</c> are Enter, <c>\t</c> is Tab.</summary>
    /// <exception cref="InvalidInputException">A lone surrogate or a control character.</exception>
    public static IReadOnlyList<Key> Read(string text)
    {
        var keys = new List<Key>(text.Length);
        var rest = text.Replace("\r\n", "\n", StringComparison.Ordinal).AsSpan();
        for (var position = 0; !rest.IsEmpty; position++)
        {
            if (Rune.DecodeFromUtf16(rest, out var character, out var length) != System.Buffers.OperationStatus.Done)
                throw new InvalidInputException($"The text has half a surrogate pair (U+{(int)rest[0]:X4}) as its character {position + 1}: no key types that.");
            keys.Add(character.Value switch
            {
                '\n' => new Key("enter", null),
                '\t' => new Key("tab", null),
                _ when Rune.IsControl(character) => throw new InvalidInputException(
                    $"The text has the control character U+{character.Value:X4} as its character {position + 1}: no key types that; input.keyboard.press takes backspace, escape, delete."),
                _ => new Key(null, character),
            });
            rest = rest[length..];
        }

        return keys;
    }

    /// <summary>Cuts so that no piece needs more than <paramref name="capacity"/> characters beyond the fixed keys.</summary>
    public static IEnumerable<IReadOnlyList<Key>> Pieces(IReadOnlyList<Key> keys, int capacity)
    {
        var piece = new List<Key>();
        var extras = new HashSet<Rune>();
        foreach (var key in keys)
        {
            if (key.Character is { } character && KeyTable.Find(character) is null && !extras.Contains(character))
            {
                if (extras.Count == capacity)
                {
                    yield return piece;
                    piece = [];
                    extras.Clear();
                }

                extras.Add(character);
            }

            piece.Add(key);
        }

        if (piece.Count > 0) yield return piece;
    }
}
