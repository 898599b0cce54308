using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Cuts text into pieces that can be typed at one go.</summary>
static class TypingText
{
    /// <summary>The characters to type; a line end of any kind is Enter, <c>\r</c>.</summary>
    /// <exception cref="InvalidInputException">A character that no keyboard produces.</exception>
    public static IReadOnlyList<Rune> Read(string text)
    {
        var runes = new List<Rune>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                throw new InvalidInputException($"The text holds half of a surrogate pair at index {i}, which is no character.");
            if (Rune.IsControl(rune) && rune.Value is not ('\r' or '\n' or '\t'))
                throw new InvalidInputException($"The text holds the control character U+{rune.Value:X4} at index {i}, which no key types; use input.keyboard.press or hotkey.");
            // xdotool would press a key named Linefeed for \n, which only terminals understand.
            if (rune.Value != '\n') runes.Add(rune);
            else if (i == 0 || text[i - 1] != '\r') runes.Add(new Rune('\r'));
            i += rune.Utf16SequenceLength;
        }

        return runes;
    }

    /// <param name="Text">What to type.</param>
    /// <param name="Missing">The keysyms in it that the layout lacks.</param>
    /// <param name="Hidden">It is one character, which has to be typed by the keycode lent to it.</param>
    public sealed record Piece(string Text, IReadOnlyCollection<Keysym> Missing, bool Hidden = false);

    /// <summary>Pieces with at most <paramref name="spareKeys"/> different characters that the layout lacks.</summary>
    /// <param name="runes">From <see cref="Read"/>.</param>
    /// <param name="isOnKeyboard">Some key of the layout types it.</param>
    /// <param name="isHidden">It is in the layout where xdotool finds it but can't type it.</param>
    /// <param name="spareKeys">At least 1.</param>
    public static IEnumerable<Piece> Split(IReadOnlyList<Rune> runes, Func<Rune, bool> isOnKeyboard, Func<Keysym, bool> isHidden, int spareKeys)
    {
        var text = new StringBuilder();
        var missing = new HashSet<Keysym>();
        foreach (var rune in runes)
        {
            var keysym = Keysym.Of(rune);
            var isMissing = !isOnKeyboard(rune);
            var hidden = isMissing && isHidden(keysym);
            if (text.Length > 0 && (hidden || (isMissing && missing.Count == spareKeys && !missing.Contains(keysym))))
            {
                yield return new Piece(text.ToString(), missing);
                text.Clear();
                missing = [];
            }

            if (hidden)
            {
                yield return new Piece(rune.ToString(), [keysym], Hidden: true);
                continue;
            }

            if (isMissing) missing.Add(keysym);
            text.Append(rune.ToString());
        }

        if (text.Length > 0) yield return new Piece(text.ToString(), missing);
    }
}
