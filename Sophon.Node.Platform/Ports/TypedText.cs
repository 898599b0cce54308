using System.Text;

namespace Sophon.Node.Platform.Ports;

/// <summary>What <see cref="IKeyboard.TypeAsync"/> takes.</summary>
static class TypedText
{
    /// <summary>The characters of a text; every kind of line end is one <c>\n</c>, which is Enter.</summary>
    /// <exception cref="InvalidInputException">A lone surrogate, or a control character other than Enter and Tab.</exception>
    public static IReadOnlyList<Rune> Read(string text)
    {
        var runes = new List<Rune>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                throw new InvalidInputException($"The text holds a lone surrogate (U+{(int)text[i]:X4}) at position {i}; no keyboard can type it.");

            i += rune.Utf16SequenceLength;
            if (rune.Value == '\r')
            {
                if (i < text.Length && text[i] == '\n') i++;
                rune = new Rune('\n');
            }

            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'))
                throw new InvalidInputException($"The text holds the control character U+{rune.Value:X4} at position {i - 1}; input.keyboard.press and .hotkey send such keys.");
            runes.Add(rune);
        }

        return runes;
    }
}
