using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Owns the clipboard on the hidden window, and answers whoever asks for the text (ICCCM 2.2) until another takes it over.</summary>
sealed class ClipboardOwner : IDisposable
{
    readonly X11Session session;
    readonly X11Connection connection;
    readonly EventQueue events;
    readonly CancellationTokenSource ended = new();
    volatile Content? content;

    sealed record Content(string Text, uint Since);

    ClipboardOwner(X11Session session)
    {
        (this.session, connection) = (session, session.Connection);
        events = connection.Listen(happened => happened is SelectionRequest or SelectionClear);
        _ = ServeAsync();
    }

    public static ClipboardOwner Of(X11Session session) => session.Part(own => new ClipboardOwner(own));

    /// <summary>The text, while it is ours.</summary>
    public string? Text => content?.Text;

    /// <summary>Takes the clipboard over.</summary>
    public async Task OwnAsync(string text, CancellationToken cancellationToken)
    {
        var clipboard = session[XAtom.CLIPBOARD];
        var time = await session.GetTimeAsync(cancellationToken);
        // Before the server gives it to us: the first request may come at once.
        content = new Content(text, time);
        await connection.SendAsync([new SetSelectionOwner(session.HiddenWindow, clipboard, time)], cancellationToken);
        if (await connection.RequestAsync(new GetSelectionOwner(clipboard), cancellationToken) != session.HiddenWindow)
            throw new ActionFailedException("Another program took the clipboard over at the same moment.");
    }

    public void Dispose()
    {
        ended.Cancel();
        events.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            await foreach (var happened in events.ReadAllAsync(ended.Token))
            {
                if (happened is SelectionRequest request) await AnswerAsync(request);
                else if (happened is SelectionClear lost && lost.Selection == session[XAtom.CLIPBOARD] && lost.Time >= content?.Since) content = null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or PlatformException)
        {
            // The connection is over, and the clipboard with it.
        }
    }

    async Task AnswerAsync(SelectionRequest request)
    {
        // Obsolete clients name no property (ICCCM 2.2).
        var property = request.Property == 0 ? request.Target : request.Property;
        var served = content is { } mine && request.Selection == session[XAtom.CLIPBOARD]
            && (request.Target == session[XAtom.MULTIPLE]
                ? await ConvertAllAsync(request.Requestor, property, mine)
                : await ConvertAsync(request.Requestor, request.Target, property, mine));
        connection.Post(new SendSelectionNotify(request, served ? property : 0));
    }

    // MULTIPLE: pairs of target and property; a pair that can't be served gets no property.
    async Task<bool> ConvertAllAsync(uint requestor, uint property, Content mine)
    {
        try
        {
            var pairs = (await connection.RequestAsync(new GetProperty(requestor, property))).Words;
            for (var i = 0; i + 1 < pairs.Length; i += 2)
                if (!await ConvertAsync(requestor, pairs[i], pairs[i + 1], mine)) pairs[i + 1] = 0;
            await connection.SendAsync([ChangeProperty.Words(requestor, property, session[XAtom.ATOM_PAIR], pairs)]);
            return true;
        }
        catch (X11ErrorException)
        {
            return false;
        }
    }

    async Task<bool> ConvertAsync(uint requestor, uint target, uint property, Content mine)
    {
        try
        {
            if (target == session[XAtom.TARGETS])
                await connection.SendAsync([ChangeProperty.Words(requestor, property, PredefinedAtom.Atom, Targets)]);
            else if (target == session[XAtom.TIMESTAMP])
                await connection.SendAsync([ChangeProperty.Words(requestor, property, PredefinedAtom.Integer, mine.Since)]);
            else if (target == PredefinedAtom.String)
                await PutAsync(requestor, property, PredefinedAtom.String, Encoding.Latin1.GetBytes(mine.Text));
            else if (target == session[XAtom.TEXT])
                await PutAsync(requestor, property, session[XAtom.UTF8_STRING], Encoding.UTF8.GetBytes(mine.Text));
            else if (Targets.Contains(target))
                await PutAsync(requestor, property, target, Encoding.UTF8.GetBytes(mine.Text));
            else
                return false;
            return true;
        }
        catch (X11ErrorException)
        {
            // The one who asked is gone.
            return false;
        }
    }

    uint[] Targets =>
    [
        session[XAtom.TARGETS], session[XAtom.TIMESTAMP], session[XAtom.MULTIPLE], session[XAtom.UTF8_STRING],
        session[XAtom.TextPlainUtf8], session[XAtom.TextPlain], session[XAtom.TEXT], PredefinedAtom.String,
    ];

    Task PutAsync(uint requestor, uint property, uint type, byte[] text) => text.Length <= IncrementalTransfers.ChunkBytes
        ? connection.SendAsync([new ChangeProperty(requestor, property, type, 8, text)])
        : IncrementalTransfers.Of(session).StartAsync(requestor, property, type, text);
}
