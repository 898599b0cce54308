using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>
/// Asks the client that has the keyboard whether it has handled all events so far: it answers _NET_WM_PING (EWMH) in its turn.
/// </summary>
static class ClientPing
{
    /// <summary>A client that does not answer within this is stuck: its keys can wait no longer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    static uint serial;

    /// <summary>Returns when the active window's client has very likely handled what was sent to it before.</summary>
    /// <param name="blindly">How long to wait for a client that can't be asked (xterm).</param>
    public static async Task SettleAsync(X11Session session, TimeSpan blindly, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        var active = (await connection.RequestAsync(new GetProperty(session.Root, session[XAtom._NET_ACTIVE_WINDOW]), cancellationToken)).Words;
        if (active is not [not 0, ..] || !await AnswersAsync(session, active[0], cancellationToken))
        {
            if (blindly > TimeSpan.Zero) await Task.Delay(blindly, cancellationToken);
            return;
        }

        // The answer is the same message sent to the root window; a timestamp of our own tells it from the window manager's pings.
        var mark = Interlocked.Increment(ref serial);
        using var events = connection.Listen(happened => happened is ClientMessage { Data: [var protocol, var time, var window, ..] } message
            && message.Type == session[XAtom.WM_PROTOCOLS] && protocol == session[XAtom._NET_WM_PING] && time == mark && window == active[0]);
        using var wish = EventSelection.Of(session).Want(session.Root, EventMask.SubstructureNotify);
        connection.Post(new SendClientMessage(active[0], EventMask.None, active[0], session[XAtom.WM_PROTOCOLS], session[XAtom._NET_WM_PING], mark, active[0]));
        await events.NextWithinAsync(Patience, cancellationToken);
    }

    static async Task<bool> AnswersAsync(X11Session session, uint window, CancellationToken cancellationToken)
    {
        try
        {
            var protocols = await session.Connection.RequestAsync(new GetProperty(window, session[XAtom.WM_PROTOCOLS]), cancellationToken);
            return protocols.Words.Contains(session[XAtom._NET_WM_PING]);
        }
        catch (X11ErrorException)
        {
            return false;
        }
    }
}
