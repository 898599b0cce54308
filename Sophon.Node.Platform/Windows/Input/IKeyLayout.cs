namespace Sophon.Node.Platform.Windows;

/// <summary>The keyboard layout that the window in front uses.</summary>
interface IKeyLayout
{
    /// <summary>Games and remote desktops look at scan codes only; 0 when the layout has none.</summary>
    ushort ScanCode(ushort virtualKey);

    /// <summary>The key that types <paramref name="character"/>, and the modifiers that it needs; null when no key does.</summary>
    LayoutKey? Find(char character);
}

/// <param name="VirtualKey">Its code.</param>
/// <param name="Shift">Shift must be held.</param>
/// <param name="AltGr">The right Alt key must be held, which is control and alt.</param>
readonly record struct LayoutKey(ushort VirtualKey, bool Shift, bool AltGr);
