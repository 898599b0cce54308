using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Linux.Wayland.Native;

/// <summary>libxkbcommon, which every Wayland desktop brings: reads the compositor's keymap.</summary>
static partial class LibXkbCommon
{
    const string Library = "libxkbcommon.so.0";

    public const int TextV1 = 1;

    [LibraryImport(Library, EntryPoint = "xkb_context_new")]
    public static partial nint NewContext(int flags);

    [LibraryImport(Library, EntryPoint = "xkb_context_unref")]
    public static partial void ReleaseContext(nint context);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_new_from_buffer")]
    public static unsafe partial nint NewKeymap(nint context, byte* text, nuint length, int format, int flags);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_unref")]
    public static partial void ReleaseKeymap(nint keymap);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_min_keycode")]
    public static partial uint MinKeycode(nint keymap);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_max_keycode")]
    public static partial uint MaxKeycode(nint keymap);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_num_levels_for_key")]
    public static partial uint LevelCount(nint keymap, uint keycode, uint layout);

    [LibraryImport(Library, EntryPoint = "xkb_keymap_key_get_syms_by_level")]
    public static unsafe partial int Keysyms(nint keymap, uint keycode, uint layout, uint level, uint** keysyms);

    [LibraryImport(Library, EntryPoint = "xkb_keysym_to_utf32")]
    public static partial uint ToUtf32(uint keysym);
}
