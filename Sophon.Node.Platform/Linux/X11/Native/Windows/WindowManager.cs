using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Talks to the window manager by EWMH messages, and waits for the events that confirm what it did.</summary>
sealed class WindowManager(X11Session session, CancellationToken cancellationToken)
{
    /// <summary>What a window manager has not done by then it will not do.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looked at again without an event after this long: some managers are sparing with them.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(150);

    const uint FromPager = 2;

    readonly X11Connection connection = session.Connection;

    /// <exception cref="UnsupportedException">No window manager that follows EWMH runs.</exception>
    public async Task<IReadOnlyList<uint>> ListAsync()
    {
        var manager = connection.RequestAsync(new GetProperty(session.Root, session[XAtom._NET_SUPPORTING_WM_CHECK]), cancellationToken);
        var stacking = connection.RequestAsync(new GetProperty(session.Root, session[XAtom._NET_CLIENT_LIST_STACKING]), cancellationToken);
        var list = connection.RequestAsync(new GetProperty(session.Root, session[XAtom._NET_CLIENT_LIST]), cancellationToken);
        if ((await manager).Words is not [var alive, ..] || !await ExistsAsync(alive))
            throw new UnsupportedException($"No window manager runs on the display {connection.Address}, so windows can't be listed or moved. Start one, for example openbox.");
        return (await stacking).Type != 0 ? (await stacking).Words : (await list).Words;
    }

    public async Task<uint> ActiveAsync() =>
        (await connection.RequestAsync(new GetProperty(session.Root, session[XAtom._NET_ACTIVE_WINDOW]), cancellationToken)).Words is [var active, ..] ? active : 0;

    /// <exception cref="NotFoundException">It is no top-level window, or no longer.</exception>
    public async Task<WindowFacts> ReadAsync(uint window)
    {
        if (!(await ListAsync()).Contains(window)) throw Gone(window);
        return await WindowFacts.ReadAsync(session, window, await ActiveAsync(), cancellationToken) ?? throw Gone(window);
    }

    /// <summary>Whether keys go to the window or to one inside it. A program may take the keyboard only when the window manager tells it that it is active.</summary>
    public async ValueTask<bool> HasKeyboardAsync(uint window)
    {
        try
        {
            for (var at = await connection.RequestAsync(new GetInputFocus(), cancellationToken); at > 1; at = await connection.RequestAsync(new GetParent(at), cancellationToken))
                if (at == window) return true;
        }
        catch (X11ErrorException)
        {
            // The one that had it is just gone.
        }

        return false;
    }

    /// <summary>Sends <paramref name="messages"/> to the window manager, and returns when <paramref name="done"/> holds.</summary>
    /// <param name="window">Whose facts and events tell.</param>
    /// <param name="messages">What is asked for.</param>
    /// <param name="done">Whether the facts are what was asked; its second argument is true when nothing moves any more.</param>
    /// <param name="refusal">Begins the error when it never holds, e.g. "The window manager did not minimize".</param>
    /// <exception cref="ActionFailedException">The window manager does not do it.</exception>
    public Task<WindowFacts> DoAsync(uint window, IReadOnlyList<Request> messages, Func<WindowFacts, bool, bool> done, string refusal) =>
        DoAsync(window, messages, (facts, still) => ValueTask.FromResult(done(facts, still)), refusal);

    /// <inheritdoc cref="DoAsync(uint, IReadOnlyList{Request}, Func{WindowFacts, bool, bool}, string)"/>
    public async Task<WindowFacts> DoAsync(uint window, IReadOnlyList<Request> messages, Func<WindowFacts, bool, ValueTask<bool>> done, string refusal)
    {
        using var events = connection.Listen(happened => happened switch
        {
            PropertyNotify change => change.Window == window || change.Window == session.Root,
            ConfigureNotify change => change.Window == window,
            FocusIn got => got.Window == window,
            DestroyNotify gone => gone.Window == window,
            _ => false,
        });
        using var ofWindow = EventSelection.Of(session).Want(window, EventMask.PropertyChange | EventMask.StructureNotify | EventMask.FocusChange);
        using var ofRoot = EventSelection.Of(session).Want(session.Root, EventMask.PropertyChange);
        await connection.SendAsync(messages, cancellationToken);

        var deadline = TimeProvider.System.GetTimestamp();
        for (var still = false; ;)
        {
            var facts = await WindowFacts.ReadAsync(session, window, await ActiveAsync(), cancellationToken) ?? throw Gone(window);
            if (await done(facts, still)) return facts;
            if (TimeProvider.System.GetElapsedTime(deadline) > Patience)
                throw new ActionFailedException($"{refusal} \"{facts.Info.Title}\" ({facts.Info.Id}); it is {facts.Info.Bounds}.");
            still = await events.NextWithinAsync(Glance, cancellationToken) is null;
        }
    }

    /// <summary>A message about a window to the window manager (EWMH, "Root Window Properties").</summary>
    public SendClientMessage Message(uint window, XAtom type, params uint[] data) =>
        new(session.Root, EventMask.SubstructureNotify | EventMask.SubstructureRedirect, window, session[type], data);

    /// <summary>Adds or removes two states at once.</summary>
    public SendClientMessage ChangeState(uint window, bool add, XAtom first, XAtom? second = null) =>
        Message(window, XAtom._NET_WM_STATE, add ? 1u : 0u, session[first], second is { } other ? session[other] : 0, FromPager);

    public SendClientMessage Minimize(uint window)
    {
        const uint iconic = 3;
        return Message(window, XAtom.WM_CHANGE_STATE, iconic);
    }

    public SendClientMessage Activate(uint window, uint time) => Message(window, XAtom._NET_ACTIVE_WINDOW, FromPager, time, 0);

    public SendClientMessage Close(uint window, uint time) => Message(window, XAtom._NET_CLOSE_WINDOW, time, FromPager);

    /// <summary>Puts the frame's top left at a point; sizes are the window's own, without its frame.</summary>
    public SendClientMessage MoveResize(uint window, int x, int y, int? width, int? height)
    {
        const uint northWest = 1, hasPosition = 3 << 8, hasWidth = 1 << 10, hasHeight = 1 << 11;
        var flags = northWest | hasPosition | (width is null ? 0 : hasWidth) | (height is null ? 0 : hasHeight) | FromPager << 12;
        return Message(window, XAtom._NET_MOVERESIZE_WINDOW, flags, (uint)x, (uint)y, (uint)(width ?? 0), (uint)(height ?? 0));
    }

    // The root keeps the properties of a window manager that died; its own window is gone with it.
    async Task<bool> ExistsAsync(uint window)
    {
        try
        {
            return (await connection.RequestAsync(new GetProperty(window, session[XAtom._NET_SUPPORTING_WM_CHECK]), cancellationToken)).Type != 0;
        }
        catch (X11ErrorException)
        {
            return false;
        }
    }

    static NotFoundException Gone(uint window) => new($"There is no window {WindowFacts.IdOf(window)}; it may have been closed.");
}
