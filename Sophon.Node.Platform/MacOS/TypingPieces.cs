using System.Text;

namespace Sophon.Node.Platform.MacOS;

static class TypingPieces
{
    /// <summary>UTF-16 units that programs read from one keyboard event; what is longer is cut off.</summary>
    public const int MostUnits = 20;

    /// <summary>Enter and Tab on their own, other text in pieces of up to <see cref="MostUnits"/>; no character is cut.</summary>
    public static IReadOnlyList<string> Split(IReadOnlyList<Rune> characters)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var character in characters)
        {
            var isKey = character.Value is '\n' or '\t';
            if (piece.Length > 0 && (isKey || piece.Length + character.Utf16SequenceLength > MostUnits))
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            if (isKey) pieces.Add(character.ToString());
            else piece.Append(character.ToString());
        }

        if (piece.Length > 0) pieces.Add(piece.ToString());
        return pieces;
    }
}
