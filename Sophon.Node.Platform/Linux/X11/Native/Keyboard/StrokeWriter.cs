using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What the keyboard is doing when a gesture starts.</summary>
/// <param name="Group">The layout in effect.</param>
/// <param name="HeldModifiers">Keycodes of modifier keys that are down.</param>
sealed record KeyboardState(byte Group, byte LockedGroup, byte LockedModifiers, IReadOnlyList<byte> HeldModifiers);

/// <summary>
/// Turns strokes into events that leave the keyboard as they found it. Modifiers that somebody holds are released first and
/// pressed again at the end; Caps Lock and the like are unlocked, layouts are switched, and both are put back.
/// </summary>
static class StrokeWriter
{
    // Num Lock chooses levels on the keypad only, which typing does not use.
    const byte NumLock = 16;

    /// <summary>Each stroke is pressed and released before the next.</summary>
    /// <param name="keymap">Tells which keys set the modifiers of a level.</param>
    /// <param name="state">What to come back to.</param>
    /// <param name="strokes">In order.</param>
    public static IReadOnlyList<Request> Type(Keymap keymap, KeyboardState state, IEnumerable<KeyStroke> strokes)
    {
        var events = new List<Request>();
        var group = state.Group;
        byte pressed = 0;
        foreach (var stroke in strokes)
        {
            Change(keymap, events, pressed, pressed = stroke.Modifiers);
            if (stroke.Group != group) events.Add(new XkbLock(0, 0, group = stroke.Group));
            events.Add(FakeInput.Key(stroke.Keycode, down: true));
            events.Add(FakeInput.Key(stroke.Keycode, down: false));
        }

        Change(keymap, events, pressed, 0);
        return Neutral(state, (byte)(state.LockedModifiers & ~NumLock), events);
    }

    /// <summary>One key with the modifiers of a chord.</summary>
    /// <param name="keymap">Tells which keys set the modifiers of a level.</param>
    /// <param name="state">What to come back to.</param>
    /// <param name="stroke">The key; modifiers that its level needs are pressed as well.</param>
    /// <param name="modifiers">Keycodes, pressed in order and released in reverse.</param>
    /// <param name="keepLocks">The key is itself a lock: what it changes must stay.</param>
    public static IReadOnlyList<Request> Press(Keymap keymap, KeyboardState state, KeyStroke stroke, IReadOnlyList<byte> modifiers, bool keepLocks)
    {
        var level = Enumerable.Range(0, 8).Select(bit => (byte)(1 << bit)).Where(bit => (stroke.Modifiers & bit) != 0).Select(keymap.LevelKey);
        byte[] held = [.. modifiers.Concat(level).Distinct()];

        var events = new List<Request>();
        if (stroke.Group != state.Group) events.Add(new XkbLock(0, 0, stroke.Group));
        events.AddRange(held.Append(stroke.Keycode).Select(key => FakeInput.Key(key, down: true)));
        events.AddRange(held.Append(stroke.Keycode).Reverse().Select(key => FakeInput.Key(key, down: false)));
        return Neutral(state, keepLocks ? (byte)0 : (byte)(state.LockedModifiers & ~NumLock), events);
    }

    static List<Request> Neutral(KeyboardState state, byte unlock, List<Request> events) =>
    [
        .. state.HeldModifiers.Select(key => FakeInput.Key(key, down: false)),
        new XkbLock(unlock, 0, null),
        .. events,
        new XkbLock(unlock, unlock, state.LockedGroup),
        .. state.HeldModifiers.Select(key => FakeInput.Key(key, down: true)),
    ];

    static void Change(Keymap keymap, List<Request> events, byte pressed, byte wanted)
    {
        for (var bit = 1; bit <= 128; bit <<= 1)
            if (((pressed ^ wanted) & bit) != 0) events.Add(FakeInput.Key(keymap.LevelKey((byte)bit), (wanted & bit) != 0));
    }
}
