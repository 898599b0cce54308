using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Keyboard gestures as SendInput takes them.</summary>
sealed class KeyGesture(IKeyLayout layout)
{
    /// <summary>Releases the modifiers that a person holds: they would turn letters into shortcuts.</summary>
    public IReadOnlyList<Input> Release(IReadOnlyList<VirtualKey> held) => held.Count == 0
        ? []
        // Alt or Windows released with nothing in between would open a menu.
        : [Key(VirtualKeys.Unassigned, up: false), Key(VirtualKeys.Unassigned, up: true), .. held.Select(key => Key(key, up: true))];

    /// <summary>Characters go as themselves (KEYEVENTF_UNICODE), whatever the layout and Caps Lock; Enter and Tab are keys.</summary>
    public IEnumerable<Input> Type(Rune character) => character.Value switch
    {
        '\n' => Stroke(VirtualKeys.Enter),
        '\t' => Stroke(VirtualKeys.Tab),
        _ => character.ToString().SelectMany(Packet),
    };

    /// <exception cref="UnsupportedException">No key of the layout has that character, so it can't be part of a hotkey.</exception>
    public IReadOnlyList<Input> Press(KeyChord chord)
    {
        var held = chord.Modifiers.Select(VirtualKeys.Of).ToList();
        if (chord.Key.Name is { } name) return Press(held, VirtualKeys.Of(name));

        var character = chord.Key.Character!.Value;
        if (Find(character) is not { } key)
        {
            return held.Count == 0
                ? [.. Type(character)]
                : throw new UnsupportedException($"The keyboard layout of the window in front has no key for \"{character}\", so \"{chord}\" can't be pressed. Type it, or add a layout that has it.");
        }

        if (key.Shift && !held.Contains(VirtualKeys.Shift)) held.Add(VirtualKeys.Shift);
        if (key.AltGr) held.AddRange(new[] { VirtualKeys.Control, VirtualKeys.RightAlt }.Except(held));
        return Press(held, new VirtualKey(key.VirtualKey));
    }

    /// <summary>One key alone.</summary>
    public IReadOnlyList<Input> Press(VirtualKey key) => Stroke(key);

    // Hotkeys belong to the letter's key: Ctrl+C works in a Russian layout as well, where that key types another letter.
    LayoutKey? Find(Rune character) =>
        character.IsBmp && layout.Find((char)character.Value) is { } key ? key
        : character.IsAscii && char.IsAsciiLetterOrDigit((char)character.Value) ? new LayoutKey(char.ToUpperInvariant((char)character.Value), char.IsAsciiLetterUpper((char)character.Value), AltGr: false)
        : null;

    List<Input> Press(List<VirtualKey> held, VirtualKey key) =>
    [
        .. held.Select(modifier => Key(modifier, up: false)),
        .. Stroke(key),
        .. Enumerable.Reverse(held).Select(modifier => Key(modifier, up: true)),
    ];

    Input[] Stroke(VirtualKey key) => [Key(key, up: false), Key(key, up: true)];

    static Input[] Packet(char unit) =>
        [Keyboard(0, unit, KeyFlags.Unicode), Keyboard(0, unit, KeyFlags.Unicode | KeyFlags.Up)];

    Input Key(VirtualKey key, bool up) => Keyboard(
        key.Code, layout.ScanCode(key.Code), (key.Extended ? KeyFlags.Extended : KeyFlags.None) | (up ? KeyFlags.Up : KeyFlags.None));

    static Input Keyboard(ushort virtualKey, ushort scanCode, KeyFlags flags) => new()
    {
        Type = Input.KeyboardType,
        Data = new InputData { Keyboard = new KeyboardInput { VirtualKey = virtualKey, ScanCode = scanCode, Flags = flags } },
    };
}
