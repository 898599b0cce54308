namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The atoms that the backend uses; each member is spelt as the protocol spells it.</summary>
enum XAtom
{
    // Selections (ICCCM 2)
    CLIPBOARD, TARGETS, TIMESTAMP, MULTIPLE, ATOM_PAIR, INCR, TEXT, STRING, UTF8_STRING, TextPlainUtf8, TextPlain,

    // Windows (ICCCM 4, EWMH)
    WM_STATE, WM_CHANGE_STATE, WM_PROTOCOLS,
    _NET_SUPPORTING_WM_CHECK, _NET_CLIENT_LIST, _NET_CLIENT_LIST_STACKING, _NET_ACTIVE_WINDOW, _NET_CLOSE_WINDOW,
    _NET_MOVERESIZE_WINDOW, _NET_FRAME_EXTENTS, _NET_WM_NAME, _NET_WM_PID, _NET_WM_PING, _NET_WM_STATE, _NET_WM_STATE_HIDDEN,
    _NET_WM_STATE_MAXIMIZED_VERT, _NET_WM_STATE_MAXIMIZED_HORZ, _NET_WM_STATE_FULLSCREEN,
    _NET_WM_WINDOW_TYPE, _NET_WM_WINDOW_TYPE_DESKTOP, _NET_WM_WINDOW_TYPE_DOCK,

    /// <summary>Set on the root window by xscreensaver; its first element is LOCK while the screen is locked.</summary>
    _SCREENSAVER_STATUS, LOCK,

    // Ours
    SOPHON_SELECTION, SOPHON_NODE_KEYS, SOPHON_TIME,
}

static class XAtomNames
{
    public static string ProtocolName(this XAtom atom) => atom switch
    {
        XAtom.TextPlainUtf8 => "text/plain;charset=utf-8",
        XAtom.TextPlain => "text/plain",
        XAtom.SOPHON_SELECTION => "_SOPHON_NODE_SELECTION",
        XAtom.SOPHON_NODE_KEYS => "_SOPHON_NODE_KEYS",
        XAtom.SOPHON_TIME => "_SOPHON_NODE_TIME",
        _ => atom.ToString(),
    };
}
