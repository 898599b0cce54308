using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Tests.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

/// <summary>A real server's map of the layouts us, de and ru.</summary>
static class RecordedKeymap
{
    public static XkbMap Map => new XkbGetMap().Read(new MessageReader(Recordings.KeyboardMap));

    public static Keymap Load() => new(Map);

    /// <summary>As it is while a key is borrowed.</summary>
    /// <param name="type">See <see cref="Keymap.BorrowedType"/>.</param>
    public static Keymap With(BorrowedKey key, byte type) => new(Map with
    {
        Keys = [.. Map.Keys.Select(other => other.Keycode == key.Keycode
            ? new XkbKey(key.Keycode, [type, 0, 0, 0], 1, (byte)key.Symbols.Length, key.Symbols)
            : other)],
    });
}
