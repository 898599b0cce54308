namespace Sophon.Node.Actors.Policy;

/// <summary>A glob over the whole text: <c>*</c> is any run of characters, <c>?</c> exactly one, everything else itself.</summary>
public sealed record Pattern(string Text)
{
    /// <summary>True when the pattern covers <paramref name="text"/> letter for letter; takes time linear in the product of the two lengths at worst.</summary>
    public bool Allows(string text) => Matches(text, ignoreCase: false);

    /// <summary>As <see cref="Allows"/>, in any case: what is forbidden as <c>alt+f4</c> is forbidden as <c>Alt+F4</c> too.</summary>
    public bool Forbids(string text) => Matches(text, ignoreCase: true);

    public override string ToString() => Text;

    bool Matches(string text, bool ignoreCase)
    {
        int at = 0, star = -1, resume = 0, i = 0;
        while (i < text.Length)
        {
            if (at < Text.Length && Text[at] == '*')
            {
                (star, resume) = (at++, i);
            }
            else if (at < Text.Length && (Text[at] == '?' || Same(Text[at], text[i], ignoreCase)))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (at < Text.Length && Text[at] == '*') at++;
        return at == Text.Length;
    }

    static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
