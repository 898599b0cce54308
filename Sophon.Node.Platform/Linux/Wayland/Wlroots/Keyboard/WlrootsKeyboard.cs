using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;

/// <summary>A keyboard of our own by <c>zwp_virtual_keyboard_v1</c>: its keymap has every character that is to be typed, so the person's layout plays no part.</summary>
sealed class WlrootsKeyboard(CompositorSession session, TimeProvider time) : IKeyboard, IDisposable
{
    // Native programs get the new keymap and the keys in order. X11 programs under Xwayland read the new mapping when they get round to it.
    static readonly TimeSpan KeymapGrace = TimeSpan.FromMilliseconds(60);

    // A program that falls behind by some hundred kilobytes of events is disconnected by libwayland: keys come in bursts with a pause.
    const int BurstStrokes = 8;
    static readonly TimeSpan BurstPause = TimeSpan.FromMilliseconds(5);

    readonly SemaphoreSlim gesture = new(1);
    VirtualKeyboard? prepared;
    Keymap keymap = Keymap.Basic;
    uint locked;

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var keys = TypingPlan.Read(text);
        await GestureAsync(async (keyboard, client) =>
        {
            // A Caps Lock that was pressed before must not change the text.
            const uint noLocks = 0;
            keyboard.Modifiers(0, noLocks);
            foreach (var piece in TypingPlan.Pieces(keys, Keymap.Capacity))
            {
                await UseKeymapForAsync(keyboard, piece, cancellationToken);
                foreach (var burst in piece.Chunk(BurstStrokes))
                {
                    foreach (var key in burst) Stroke(keyboard, StrokeOf(new KeyChord([], key)), noLocks);
                    await client.Connection.RoundtripAsync(cancellationToken);
                    await Task.Delay(BurstPause, time, cancellationToken);
                }
            }

            keyboard.Modifiers(0, locked);
        }, cancellationToken);
    }

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) => GestureAsync(async (keyboard, client) =>
    {
        // The fixed keys have a second level of their own; a key made for one character has not.
        var isFixed = chord.Key.Character is not { } character || KeyTable.Find(character) is not null;
        var pressed = isFixed ? chord : chord with { Key = KeyTable.UnderModifiers(chord) };
        await UseKeymapForAsync(keyboard, [pressed.Key], cancellationToken);
        Stroke(keyboard, StrokeOf(pressed), locked);
        if (chord.Key.Name is { } name && KeyTable.LockMaskOf(name) is > 0 and var mask) keyboard.Modifiers(0, locked ^= mask);
        await client.Connection.RoundtripAsync(cancellationToken);
    }, cancellationToken);

    public void Dispose() => gesture.Dispose();

    async Task GestureAsync(Func<VirtualKeyboard, CompositorClient, Task> act, CancellationToken cancellationToken)
    {
        await gesture.WaitAsync(cancellationToken);
        try
        {
            var client = await session.ConnectAsync(cancellationToken);
            var keyboard = await client.GetKeyboardAsync(created => Upload(created, keymap), cancellationToken);
            await act(keyboard, client);
        }
        finally
        {
            gesture.Release();
        }
    }

    async Task UseKeymapForAsync(VirtualKeyboard keyboard, IEnumerable<Key> keys, CancellationToken cancellationToken)
    {
        var needed = keymap.With(keys.Select(key => key.Character).OfType<Rune>());
        if (needed == keymap && prepared == keyboard) return;
        Upload(keyboard, needed);
        await Task.Delay(KeymapGrace, time, cancellationToken);
    }

    void Upload(VirtualKeyboard keyboard, Keymap wanted)
    {
        var text = Encoding.ASCII.GetBytes(wanted + "\0");
        using var memory = new SharedMemory("sophon-node-keymap", text.Length);
        memory.Write(text);
        keyboard.SetKeymap(memory);
        keymap = wanted;
        prepared = keyboard;
    }

    KeyStroke StrokeOf(KeyChord chord)
    {
        var stroke = chord.Key.Name is { } name ? new KeyStroke(KeyTable.Named[name].Code, []) : keymap.StrokeOf(chord.Key.Character!.Value);
        return stroke with { Modifiers = [.. chord.Modifiers.Union(stroke.Modifiers)] };
    }

    void Stroke(VirtualKeyboard keyboard, KeyStroke stroke, uint locks)
    {
        var held = 0u;
        foreach (var modifier in stroke.Modifiers)
        {
            keyboard.Key(Now, CodeOf(modifier), true);
            keyboard.Modifiers(held |= KeyTable.MaskOf(modifier), locks);
        }

        keyboard.Key(Now, stroke.Code, true);
        keyboard.Key(Now, stroke.Code, false);
        foreach (var modifier in stroke.Modifiers.Reverse())
        {
            keyboard.Key(Now, CodeOf(modifier), false);
            keyboard.Modifiers(held &= ~KeyTable.MaskOf(modifier), locks);
        }
    }

    static uint CodeOf(KeyModifier modifier) => KeyTable.Named[KeyTable.NameOf(modifier)].Code;

    uint Now => unchecked((uint)(time.GetTimestamp() * 1000 / time.TimestampFrequency));
}
