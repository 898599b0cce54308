using Sophon.Node.Protocol.Live;

namespace Sophon.Gateway.Live;

/// <summary>
/// The picture of one Node's screen as it stands: the newest tile of each place. Nothing is queued: who reads seldom gets the newest of what
/// changed meanwhile, and who comes late gets all of it.
/// </summary>
sealed class LiveView(string nodeId, TimeProvider time)
{
    readonly record struct Place(int X, int Y);

    readonly record struct Newest(LiveTile Tile, long Version);

    readonly Lock gate = new();
    readonly Dictionary<Place, Newest> tiles = [];
    TaskCompletionSource changed = NewSignal();
    LiveFrame? head;
    long receivedAt;
    long version;
    uint taken;
    Action<uint>? onTaken;

    public string NodeId => nodeId;

    public LiveStatus Status { get; private set; } = new(LiveStates.Starting);

    /// <summary>Frames of a new connection of the Node: what is there stays until it is replaced.</summary>
    /// <param name="takenBySomebody">Called with each frame that some viewer has been sent first.</param>
    public void Connected(Action<uint> takenBySomebody)
    {
        lock (gate) (onTaken, taken, head) = (takenBySomebody, 0, head is null ? null : head with { Sequence = 0 });
    }

    /// <summary>A frame that nobody may see: the Node is not to wait for it.</summary>
    public void Skip(LiveFrame frame)
    {
        lock (gate) Take(frame.Sequence);
    }

    public void Add(LiveFrame frame)
    {
        lock (gate)
        {
            if (head is not null && (head.Width, head.Height) != (frame.Width, frame.Height)) tiles.Clear();
            version++;
            foreach (var tile in frame.Tiles) tiles[new Place(tile.X, tile.Y)] = new Newest(tile, version);
            (head, receivedAt) = (frame with { Tiles = [] }, time.GetTimestamp());
            Status = new LiveStatus(LiveStates.Running);
            Pulse();
        }
    }

    public void Tell(LiveStatus status)
    {
        lock (gate)
        {
            if (status == Status) return;
            Status = status;

            // What may not be seen any more is not kept for who comes later.
            if (status.State is LiveStates.Paused or LiveStates.Denied && head is not null)
            {
                Take(head.Sequence);
                tiles.Clear();
                (head, version) = (null, version + 1);
            }

            Pulse();
        }
    }

    /// <summary>What changed after <paramref name="since"/>; waits for it.</summary>
    /// <param name="since">The version that the viewer has; 0 for none.</param>
    /// <param name="known">The status that the viewer has been told.</param>
    public async Task<LiveUpdate> NextAsync(long since, LiveStatus? known, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (Status != known || (head is not null && version > since)) return Take(since, Status != known);
                signal = changed.Task;
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    LiveUpdate Take(long since, bool statusChanged)
    {
        var status = statusChanged ? Status : null;
        if (head is null || version <= since) return new LiveUpdate(version, status, null);
        var newer = tiles.Values.Where(newest => newest.Version > since).OrderBy(newest => newest.Version).Select(newest => newest.Tile).ToList();
        Take(head.Sequence);
        return new LiveUpdate(version, status, head with { Tiles = newer, AgeMs = head.AgeMs + (int)time.GetElapsedTime(receivedAt).TotalMilliseconds });
    }

    void Take(uint sequence)
    {
        if (sequence <= taken) return;
        taken = sequence;
        onTaken?.Invoke(sequence);
    }

    void Pulse()
    {
        var signal = changed;
        changed = NewSignal();
        signal.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a viewer has not seen yet.</summary>
/// <param name="Version">What the viewer has with it.</param>
/// <param name="Status">Null when it is as it was.</param>
/// <param name="Frame">The newest of each changed place; null when only the status is new.</param>
public sealed record LiveUpdate(long Version, LiveStatus? Status, LiveFrame? Frame);
