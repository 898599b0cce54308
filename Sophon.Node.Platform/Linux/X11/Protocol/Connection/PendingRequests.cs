namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>
/// Who waits for what. The server numbers requests from 1 and puts the low 16 bits of the last one it carried out into
/// each message; replies and errors come in the order of requests. Not thread-safe: the connection's lock guards it.
/// </summary>
sealed class PendingRequests
{
    // A sequence number is unambiguous while fewer than 65,536 requests lie between two messages from the server.
    const int MostWithoutReply = 0x8000;

    readonly Queue<Pending> queue = new();
    long sent;
    long received;
    long lastWithReply;

    readonly record struct Pending(long Sequence, string Request, Completion? Completion, bool ExpectsReply);

    /// <summary>True when a request with a reply must follow, so that the numbers stay unambiguous.</summary>
    public bool NeedsReply => sent - lastWithReply >= MostWithoutReply;

    /// <summary>Notes a request that was just written.</summary>
    /// <param name="request">Its name, for errors.</param>
    /// <param name="completion">Gets the reply, or the error; null when nobody cares.</param>
    /// <param name="expectsReply">The server answers it even when all is well.</param>
    public void Add(string request, Completion? completion, bool expectsReply)
    {
        sent++;
        if (expectsReply) lastWithReply = sent;
        queue.Enqueue(new Pending(sent, request, completion, expectsReply));
    }

    /// <summary>A reply came: whom it belongs to.</summary>
    public Completion? Reply(ushort sequence) => Reach(sequence)?.Completion;

    /// <summary>An error came: whom it belongs to (null when nobody cares), and which request caused it.</summary>
    public (Completion? Completion, string Request) Error(ushort sequence) =>
        Reach(sequence) is { } pending ? (pending.Completion, pending.Request) : (null, "a request");

    /// <summary>An event came: everything before it has been carried out.</summary>
    public void Event(ushort sequence)
    {
        received = Widen(sequence);
        while (queue.TryPeek(out var next) && next.Sequence < received) Pass(queue.Dequeue());
    }

    /// <summary>Takes out everything, for a connection that ends.</summary>
    public IReadOnlyList<Completion> Drain()
    {
        var all = queue.Where(pending => pending.Completion is not null).Select(pending => pending.Completion!).Distinct().ToList();
        queue.Clear();
        return all;
    }

    Pending? Reach(ushort sequence)
    {
        received = Widen(sequence);
        while (queue.TryPeek(out var next) && next.Sequence <= received)
        {
            queue.Dequeue();
            if (next.Sequence == received) return next;
            Pass(next);
        }

        return null;
    }

    // A request without a reply has been carried out when something later comes; a missing reply would be the server's fault.
    static void Pass(Pending pending)
    {
        if (pending.ExpectsReply) pending.Completion?.Fail(new InvalidDataException($"The X server left {pending.Request} unanswered."));
    }

    long Widen(ushort sequence) => received + (ushort)(sequence - (ushort)received);
}
