using System.Buffers.Binary;
using System.Net.Sockets;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>
/// One connection to an X server. Requests are pipelined from any thread; one reader hands replies, errors and events on.
/// When the server goes away every pending and later request fails with <see cref="DisplayUnavailableException"/>.
/// </summary>
sealed class X11Connection : IAsyncDisposable
{
    readonly Socket socket;
    readonly Lock gate = new();
    readonly PendingRequests pending = new();
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<Extension, ExtensionCodes> extensions = [];
    RequestWriter outgoing = new(), flushing = new();
    EventQueue[] listeners = [];
    uint maxRequestUnits;
    uint resources;
    int corks;
    bool flushes;
    DisplayUnavailableException? failure;

    X11Connection(Socket socket, ServerSetup setup, DisplayAddress address)
    {
        this.socket = socket;
        Setup = setup;
        Address = address;
        maxRequestUnits = setup.MaxRequestUnits;
        Screen = setup.Screens[Math.Min(address.Screen, setup.Screens.Count - 1)];
        _ = new MessagePump(socket, Dispatch, Fail).RunAsync();
    }

    public ServerSetup Setup { get; }

    public DisplayAddress Address { get; }

    public ServerScreen Screen { get; }

    /// <summary>The server runs on this machine and can share memory with us.</summary>
    public bool IsLocal => Address.Host is null;

    /// <summary>Longest request in bytes.</summary>
    public long MaxRequestBytes => maxRequestUnits * 4L;

    /// <summary>Completes when the connection has ended, whatever the reason. Never faults.</summary>
    public Task Ended => ended.Task;

    public bool IsAlive => failure is null;

    /// <summary>Connects, gives the cookie, and learns which extensions there are.</summary>
    /// <exception cref="DisplayUnavailableException">No server listens there, or it refuses us.</exception>
    public static async Task<X11Connection> OpenAsync(DisplayAddress address, AuthorityFile authority, CancellationToken cancellationToken)
    {
        var (socket, setup) = await Handshake.ConnectAsync(address, authority, cancellationToken);
        var connection = new X11Connection(socket, setup, address);
        try
        {
            await connection.QueryExtensionsAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public bool Has(Extension extension) => extensions.ContainsKey(extension);

    /// <exception cref="UnsupportedException">The server lacks it.</exception>
    public ExtensionCodes Codes(Extension extension) => extensions.TryGetValue(extension, out var codes)
        ? codes
        : throw new UnsupportedException($"The X server {Address} lacks the {extension.Name()} extension; the backend \"tools\" may serve there.");

    /// <summary>An id for a new window, region, segment …; unique for the connection's life.</summary>
    public uint NewId()
    {
        var next = Interlocked.Increment(ref resources);
        return next <= Setup.ResourceIdMask
            ? Setup.ResourceIdBase | next
            : throw new ActionFailedException("The X connection has used up its resource ids.");
    }

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends the wait; the request itself can't be taken back.</param>
    /// <exception cref="X11ErrorException">The server refused this request.</exception>
    /// <exception cref="DisplayUnavailableException">The server is gone.</exception>
    public Task<TReply> RequestAsync<TReply>(Request<TReply> request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var completion = new ReplyCompletion<TReply>(request);
        lock (gate) Append(request, completion, expectsReply: true);
        Flush();
        return cancellationToken.CanBeCanceled ? completion.Task.WaitAsync(cancellationToken) : completion.Task;
    }

    /// <summary>Sends requests that have no replies in one write, and returns when the server has carried out all of them.</summary>
    /// <exception cref="X11ErrorException">The server refused one; the others were carried out all the same.</exception>
    /// <exception cref="DisplayUnavailableException">The server is gone.</exception>
    public Task SendAsync(IEnumerable<Request> requests, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = new BatchCompletion();
        lock (gate)
        {
            foreach (var request in requests) Append(request, batch, expectsReply: false);
            Append(new GetInputFocus(), batch, expectsReply: true);
        }

        Flush();
        return cancellationToken.CanBeCanceled ? batch.Task.WaitAsync(cancellationToken) : batch.Task;
    }

    /// <summary>Sends a request without a reply and does not care what becomes of it.</summary>
    public void Post(Request request)
    {
        lock (gate) Append(request, null, expectsReply: false);
        Flush();
    }

    /// <summary>As <see cref="Post"/>, but on a connection that has ended nothing happens: for clearing up.</summary>
    public void TryPost(Request request)
    {
        lock (gate)
        {
            if (failure is not null) return;
            Append(request, null, expectsReply: false);
        }

        Flush();
    }

    /// <summary>Holds requests back until disposed, so that they leave in one write.</summary>
    public Cork Hold()
    {
        lock (gate) corks++;
        return new Cork(this);
    }

    public readonly struct Cork(X11Connection connection) : IDisposable
    {
        public void Dispose()
        {
            lock (connection.gate) connection.corks--;
            connection.Flush();
        }
    }

    /// <summary>Collects the events that <paramref name="filter"/> lets pass, from now until disposed.</summary>
    /// <param name="filter">Runs on the reader: must be quick and must not throw.</param>
    public EventQueue Listen(Func<XEvent, bool> filter)
    {
        var queue = new EventQueue(filter, Unlisten);
        lock (gate)
        {
            listeners = [.. listeners, queue];
            if (failure is not null) queue.Fail(failure);
        }

        return queue;
    }

    public async ValueTask DisposeAsync()
    {
        Fail(new DisplayUnavailableException($"The connection to the X server {Address} was closed."));
        await ended.Task;
        socket.Dispose();
    }

    void Unlisten(EventQueue queue)
    {
        lock (gate) listeners = [.. listeners.Where(other => other != queue)];
    }

    async Task QueryExtensionsAsync(CancellationToken cancellationToken)
    {
        var wanted = Enum.GetValues<Extension>();
        Task<ExtensionCodes?>[] answers;
        using (Hold()) answers = [.. wanted.Select(extension => RequestAsync(new QueryExtension(extension.Name()), cancellationToken))];
        var codes = await Task.WhenAll(answers);
        foreach (var (extension, code) in wanted.Zip(codes))
            if (code is not null) extensions[extension] = code;

        if (Has(Extension.BigRequests)) maxRequestUnits = await RequestAsync(new EnableBigRequests(), cancellationToken);
    }

    void Append(Request request, Completion? completion, bool expectsReply)
    {
        if (failure is not null) throw new DisplayUnavailableException(failure.Message, failure);

        byte? opcode = request.Extension is { } extension ? Codes(extension).MajorOpcode : null;
        outgoing.Request(request, opcode, maxRequestUnits);
        pending.Add(request.GetType().Name, completion, expectsReply);
        if (!pending.NeedsReply) return;

        outgoing.Request(new GetInputFocus(), null, maxRequestUnits);
        pending.Add(nameof(GetInputFocus), null, expectsReply: true);
    }

    void Flush()
    {
        lock (gate)
        {
            if (flushes || corks > 0 || failure is not null || outgoing.Length == 0) return;
            flushes = true;
        }

        _ = FlushAsync();
    }

    async Task FlushAsync()
    {
        try
        {
            while (true)
            {
                lock (gate)
                {
                    flushing.Clear();
                    if (failure is not null || outgoing.Length == 0)
                    {
                        flushes = false;
                        return;
                    }

                    (outgoing, flushing) = (flushing, outgoing);
                }

                // Completes at once while the server keeps up, on the caller's own thread.
                for (var rest = flushing.Written; rest.Length > 0;) rest = rest[await socket.SendAsync(rest, SocketFlags.None)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Fail(Lost(e));
        }
    }

    void Dispatch(ReadOnlySpan<byte> message)
    {
        const byte error = 0, reply = 1, keymapNotify = 11;
        var kind = message[0];
        // KeymapNotify is the one event without a sequence number.
        if ((kind & 0x7f) == keymapNotify) return;

        var sequence = BinaryPrimitives.ReadUInt16LittleEndian(message[2..]);
        switch (kind)
        {
            case error:
                Completion? owner;
                string request;
                lock (gate) (owner, request) = pending.Error(sequence);
                owner?.Fail(new X11ErrorException(request, (X11ErrorCode)message[1], BinaryPrimitives.ReadUInt32LittleEndian(message[4..])));
                break;
            case reply:
                Completion? completion;
                lock (gate) completion = pending.Reply(sequence);
                completion?.Reply(message);
                break;
            default:
                lock (gate) pending.Event(sequence);
                if (XEvent.Read(message, extensions) is { } happened)
                    foreach (var listener in listeners) listener.Offer(happened);
                break;
        }
    }

    void Fail(Exception cause)
    {
        IReadOnlyList<Completion> waiting;
        lock (gate)
        {
            if (failure is not null) return;
            failure = cause as DisplayUnavailableException ?? Lost(cause);
            waiting = pending.Drain();
        }

        // Ends the reader and a write that hangs on a server that is stopped.
        socket.Dispose();
        foreach (var completion in waiting) completion.Fail(failure);
        foreach (var listener in listeners) listener.Fail(failure);
        ended.TrySetResult();
    }

    DisplayUnavailableException Lost(Exception cause) =>
        new($"The X server {Address} closed the connection; the next command tries to reach it again.", cause);
}
