using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Native;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>The characters that the person's keyboard layout has, with their keysyms.</summary>
static class KeyboardLayout
{
    /// <param name="keymap">The compositor's keymap, XKB text.</param>
    /// <exception cref="UnsupportedException">libxkbcommon is missing, or can't read the keymap.</exception>
    public static unsafe IReadOnlyDictionary<Rune, uint> Read(byte[] keymap)
    {
        nint context, map;
        try
        {
            context = LibXkbCommon.NewContext(0);
            fixed (byte* text = keymap) map = LibXkbCommon.NewKeymap(context, text, (nuint)keymap.AsSpan().TrimEnd((byte)0).Length, LibXkbCommon.TextV1, 0);
        }
        catch (DllNotFoundException)
        {
            throw new UnsupportedException("The keyboard layout can't be read: libxkbcommon is missing. Install it: sudo apt install libxkbcommon0");
        }

        try
        {
            if (map == 0) throw new UnsupportedException("The compositor's keymap can't be read by libxkbcommon.");
            var characters = new Dictionary<Rune, uint>();
            for (var keycode = LibXkbCommon.MinKeycode(map); keycode <= LibXkbCommon.MaxKeycode(map); keycode++)
            {
                for (var level = 0u; level < LibXkbCommon.LevelCount(map, keycode, 0); level++)
                {
                    uint* keysyms;
                    if (LibXkbCommon.Keysyms(map, keycode, 0, level, &keysyms) == 1
                        && Rune.TryCreate(LibXkbCommon.ToUtf32(*keysyms), out var character) && character.Value >= ' ')
                        characters.TryAdd(character, *keysyms);
                }
            }

            return characters;
        }
        finally
        {
            LibXkbCommon.ReleaseKeymap(map);
            LibXkbCommon.ReleaseContext(context);
        }
    }
}
