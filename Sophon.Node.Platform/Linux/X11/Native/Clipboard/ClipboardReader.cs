using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Asks the clipboard's owner for its text (ICCCM 2.4), whole or in pieces.</summary>
sealed class ClipboardReader : IDisposable
{
    /// <summary>Bytes of text that are taken.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>An owner that says nothing for this long does not answer any more.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int MostOwners = 5;

    readonly X11Session session;
    readonly SemaphoreSlim turn = new(1, 1);

    ClipboardReader(X11Session session)
    {
        this.session = session;
        if (session.Connection.Has(Extension.XFixes))
            session.Connection.Post(new SelectSelectionInput(session.HiddenWindow, session[XAtom.CLIPBOARD]));
    }

    public static ClipboardReader Of(X11Session session) => session.Part(own => new ClipboardReader(own));

    /// <summary>The text; empty when nobody owns the clipboard, or the owner has no text.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            // An owner that goes away in the middle leaves the clipboard to another, or to nobody.
            for (var i = 0; i < MostOwners; i++)
            {
                var owner = await session.Connection.RequestAsync(new GetSelectionOwner(session[XAtom.CLIPBOARD]), cancellationToken);
                if (owner == 0) return "";
                if (owner == session.HiddenWindow && ClipboardOwner.Of(session).Text is { } mine) return mine;
                if (await AskAsync(cancellationToken) is { } text) return text;
            }

            throw new ActionFailedException("The clipboard's owner changes faster than its text can be read.");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    // Null when the owner went away.
    async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        uint clipboard = session[XAtom.CLIPBOARD], property = session[XAtom.SOPHON_SELECTION], window = session.HiddenWindow;
        using var events = session.Connection.Listen(happened => happened switch
        {
            SelectionNotify answer => answer.Requestor == window && answer.Selection == clipboard,
            PropertyNotify { Deleted: false } change => change.Window == window && change.Property == property,
            SelectionOwnerChanged change => change.Selection == clipboard,
            _ => false,
        });
        foreach (var target in (XAtom[])[XAtom.UTF8_STRING, XAtom.TextPlainUtf8, XAtom.STRING, XAtom.TEXT])
        {
            // The time tells this answer from a late one to an earlier read that was given up.
            var time = await session.GetTimeAsync(cancellationToken);
            session.Connection.Post(new DeleteProperty(window, property));
            session.Connection.Post(new ConvertSelection(window, clipboard, session[target], property, time));
            while (true)
            {
                var happened = await NextAsync(events, cancellationToken);
                if (happened is SelectionOwnerChanged) return null;
                if (happened is not SelectionNotify answer || answer.Time != time || answer.Target != session[target]) continue;
                if (answer.Property == 0) break;

                var value = await TakeAsync(cancellationToken);
                if (value.Type == session[XAtom.INCR])
                {
                    if (await CollectAsync(events, cancellationToken) is not { } whole) return null;
                    value = whole;
                }

                if (Decode(value) is { } text) return text;
                break;
            }
        }

        return "";
    }

    async Task<PropertyValue?> CollectAsync(EventQueue events, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        while (true)
        {
            var happened = await NextAsync(events, cancellationToken);
            if (happened is SelectionOwnerChanged) return null;
            if (happened is not PropertyNotify) continue;

            var piece = await TakeAsync(cancellationToken);
            // The property was taken by an earlier look already.
            if (piece.Type == 0) continue;
            if (piece.Value.Length == 0) return piece with { Value = all.ToArray() };
            all.Write(piece.Value);
            if (all.Length > MostBytes) throw TooLarge();
        }
    }

    // Reading deletes, which asks the owner for the next piece.
    async Task<PropertyValue> TakeAsync(CancellationToken cancellationToken)
    {
        var value = await session.Connection.RequestAsync(new GetProperty(session.HiddenWindow, session[XAtom.SOPHON_SELECTION], MostBytes, Delete: true), cancellationToken);
        return value.BytesAfter == 0 ? value : throw TooLarge();
    }

    string? Decode(PropertyValue value)
    {
        if (value.Type == PredefinedAtom.String) return Encoding.Latin1.GetString(value.Value);
        return value.Type == session[XAtom.UTF8_STRING] || value.Type == session[XAtom.TextPlainUtf8] ? Encoding.UTF8.GetString(value.Value) : null;
    }

    static async ValueTask<XEvent> NextAsync(EventQueue events, CancellationToken cancellationToken) =>
        await events.NextWithinAsync(Patience, cancellationToken)
        ?? throw new ActionFailedException($"The program that owns the clipboard does not answer ({Patience.TotalSeconds:0} s).");

    static ActionFailedException TooLarge() => new($"The clipboard holds more than {MostBytes / 1024 / 1024} MB of text.");
}
