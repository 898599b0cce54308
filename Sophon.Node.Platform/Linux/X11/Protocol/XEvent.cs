namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>An event that some part of the backend listens to; others are not decoded.</summary>
abstract record XEvent
{
    public static XEvent? Read(ReadOnlySpan<byte> message, IReadOnlyDictionary<Extension, ExtensionCodes> extensions)
    {
        const int sentByClient = 0x80;
        var code = message[0] & ~sentByClient;
        var reader = new MessageReader(message, 4);
        switch (code)
        {
            case 9: return new FocusIn(Window: reader.U32());
            case 17: return new DestroyNotify(Event: reader.U32(), Window: reader.U32());
            case 22: return new ConfigureNotify(Event: reader.U32(), Window: reader.U32());
            case 28: return new PropertyNotify(Window: reader.U32(), Property: reader.U32(), Time: reader.U32(), Deleted: reader.Bool());
            case 29: return new SelectionClear(Time: reader.U32(), Owner: reader.U32(), Selection: reader.U32());
            case 30:
                return new SelectionRequest(Time: reader.U32(), Owner: reader.U32(), Requestor: reader.U32(),
                    Selection: reader.U32(), Target: reader.U32(), Property: reader.U32());
            case 31:
                return new SelectionNotify(Time: reader.U32(), Requestor: reader.U32(), Selection: reader.U32(),
                    Target: reader.U32(), Property: reader.U32());
            case 33: return new ClientMessage(reader.Detail, Window: reader.U32(), Type: reader.U32(), Data: reader.Words(5));
            case 34: return new KeymapChanged();
        }

        if (Is(Extension.Xkb) && message[1] <= 1) return new KeymapChanged();
        if (Is(Extension.XFixes)) return new SelectionOwnerChanged(Window: reader.U32(), Owner: reader.U32(), Selection: reader.U32());
        return null;

        bool Is(Extension extension) => extensions.TryGetValue(extension, out var codes) && codes.FirstEvent == code;
    }
}

/// <summary>The window, or one inside it, has got the keyboard.</summary>
sealed record FocusIn(uint Window) : XEvent;

sealed record DestroyNotify(uint Event, uint Window) : XEvent;

/// <summary>Real, or sent by the window manager (ICCCM 4.1.5).</summary>
sealed record ConfigureNotify(uint Event, uint Window) : XEvent;

sealed record PropertyNotify(uint Window, uint Property, uint Time, bool Deleted) : XEvent;

sealed record SelectionClear(uint Time, uint Owner, uint Selection) : XEvent;

/// <param name="Property">0 from obsolete clients: the target's atom then serves as the property.</param>
sealed record SelectionRequest(uint Time, uint Owner, uint Requestor, uint Selection, uint Target, uint Property) : XEvent;

/// <param name="Property">0 when the owner refused.</param>
sealed record SelectionNotify(uint Time, uint Requestor, uint Selection, uint Target, uint Property) : XEvent;

/// <param name="Data">Five words, whatever the format.</param>
sealed record ClientMessage(byte Format, uint Window, uint Type, uint[] Data) : XEvent;

/// <summary>The keyboard's map changed (MappingNotify, XkbMapNotify or XkbNewKeyboardNotify).</summary>
sealed record KeymapChanged : XEvent;

/// <summary>XFIXES: a selection has another owner, or none (0) because its window or client is gone.</summary>
sealed record SelectionOwnerChanged(uint Window, uint Owner, uint Selection) : XEvent;
