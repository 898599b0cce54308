namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>zwp_virtual_keyboard_manager_v1</c>.</summary>
sealed class VirtualKeyboardManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "zwp_virtual_keyboard_manager_v1";

    public VirtualKeyboard CreateKeyboard(Seat seat)
    {
        var keyboard = new VirtualKeyboard(Connection);
        return Create(keyboard, 0, seat, Argument.New(keyboard));
    }
}

/// <summary><c>zwp_virtual_keyboard_v1</c>: a keyboard of our own, with a keymap of our own.</summary>
sealed class VirtualKeyboard(WaylandConnection connection) : WaylandObject(connection)
{
    const uint XkbTextFormat = 1;

    /// <summary>The keymap's text with its NUL. Clients get it before the keys that follow.</summary>
    public void SetKeymap(SharedMemory keymap) => Send(0, XkbTextFormat, Argument.Descriptor(keymap.Handle), keymap.Size);

    /// <param name="time">Milliseconds of any clock that only rises.</param>
    /// <param name="code">A code of <c>linux/input-event-codes.h</c>: the keymap's keycode less 8.</param>
    /// <param name="pressed">False releases it.</param>
    public void Key(uint time, uint code, bool pressed) => Send(1, time, code, pressed ? 1 : 0);

    /// <summary>The held and the locked modifiers, as masks of the keymap. wlroots does not derive them from the keys.</summary>
    public void Modifiers(uint held, uint locked) => Send(2, held, 0, locked, 0);
}
