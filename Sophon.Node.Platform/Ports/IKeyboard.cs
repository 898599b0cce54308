namespace Sophon.Node.Platform.Ports;

/// <summary>The keyboard.</summary>
public interface IKeyboard
{
    /// <summary>Types any Unicode text letter for letter, whatever the layout; <c>\n</c> is Enter, <c>\t</c> is Tab.</summary>
    /// <exception cref="InvalidInputException">The text holds a character that no keyboard can produce (a lone surrogate, a control character).</exception>
    Task TypeAsync(string text, CancellationToken cancellationToken);

    /// <summary>Presses the modifiers in order, then the key, and releases all in reverse order.</summary>
    Task PressAsync(KeyChord chord, CancellationToken cancellationToken);
}
