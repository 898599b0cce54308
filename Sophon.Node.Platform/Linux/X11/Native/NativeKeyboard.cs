using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>
/// The keyboard by XTEST. What the layouts hold is typed with their own keys; other characters borrow spare keycodes.
/// All events of a gesture leave in one write that puts the keyboard back as it was, even when nobody waits for its end.
/// </summary>
sealed class NativeKeyboard(X11Display display) : IKeyboard
{
    public Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var runes = TypedText.Read(text);
        return runes.Count == 0 ? Task.CompletedTask : InTurnAsync(async (session, keyboard) =>
        {
            var (keymap, state) = await keyboard.ReadAsync(cancellationToken);
            IReadOnlyList<byte> all = [.. keymap.Spare, .. keyboard.Borrowing.StillHeld(keymap)];
            foreach (var segment in TypingPlan.Cut(keymap, state.Group, runes, keymap.Spare, all))
            {
                // A key given another character now would type that one in a client that lags behind.
                if (segment.Reuses) await keyboard.Borrowing.SettleAsync(cancellationToken);
                if (segment.Borrows.Count > 0) await keyboard.Borrowing.BorrowAsync(segment.Borrows, keymap.BorrowedType, cancellationToken);
                foreach (var strokes in segment.Strokes.Chunk(TypingPlan.MostStrokes))
                    await session.Connection.SendAsync(StrokeWriter.Type(keymap, state, strokes), cancellationToken);
                keyboard.Borrowing.Used(segment.Strokes.Count);
            }
        }, cancellationToken);
    }

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) => InTurnAsync(async (session, keyboard) =>
    {
        var (keymap, state) = await keyboard.ReadAsync(cancellationToken);
        var keysym = chord.Key.Name is { } name ? Keysyms.FromName(name) : Keysyms.FromRune(chord.Key.Character!.Value);
        var found = chord.Key.Character is { } rune ? keymap.TryFind(rune, state.Group, out var stroke) : keymap.TryFind(keysym, state.Group, out stroke);
        if (!found)
        {
            var free = keymap.Spare.Count > 0 ? keymap.Spare : keyboard.Borrowing.StillHeld(keymap);
            if (free.Count == 0) throw new UnsupportedException($"The layout lacks \"{chord.Key}\" and no keycode is free to press it.");
            if (keymap.Spare.Count == 0) await keyboard.Borrowing.SettleAsync(cancellationToken);
            await keyboard.Borrowing.BorrowAsync([TypingPlan.Borrow(free[0], [keysym], keymap)], keymap.BorrowedType, cancellationToken);
            stroke = new KeyStroke(free[0], state.Group, 0);
        }

        byte[] modifiers = [.. chord.Modifiers.Select(modifier => keymap.TryFind(Keysyms.FromModifier(modifier), state.Group, out var key)
            ? key.Keycode
            : throw new UnsupportedException($"The keyboard map has no {modifier} key."))];
        await session.Connection.SendAsync(StrokeWriter.Press(keymap, state, stroke, modifiers, Keysyms.IsLock(keysym)), cancellationToken);
        keyboard.Borrowing.Used(1);
    }, cancellationToken);

    // Gestures of two callers must not mix.
    Task InTurnAsync(Func<X11Session, KeyboardSession, Task> gesture, CancellationToken cancellationToken) => display.RunAsync(async session =>
    {
        var keyboard = KeyboardSession.Of(session);
        await keyboard.Turn.WaitAsync(cancellationToken);
        try
        {
            await gesture(session, keyboard);
        }
        finally
        {
            keyboard.Borrowing.ReturnLater(keyboard.Turn);
            keyboard.Turn.Release();
        }
    }, cancellationToken);
}
