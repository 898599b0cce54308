using System.Diagnostics;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>
/// Gives spare keycodes symbols that the layout lacks, and takes them back. A client reads the map when it handles a key,
/// not when the key is sent; so a borrowed key keeps its symbols until clients have had time to read it.
/// </summary>
sealed class KeyBorrowing(X11Session session) : IAsyncDisposable
{
    /// <summary>Keys go back this long after they were last used.</summary>
    static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(2);

    readonly Dictionary<byte, BorrowedKey> borrowed = [];
    CancellationTokenSource? returning;
    long lastUsed;
    int lastKeys;

    /// <summary>Keycodes that hold symbols of ours. A key that a new layout has taken meanwhile is forgotten.</summary>
    public IReadOnlyList<byte> StillHeld(Keymap keymap)
    {
        foreach (var key in borrowed.Values)
            if (!keymap.Symbols(key.Keycode).SequenceEqual(key.Symbols)) borrowed.Remove(key.Keycode);
        return [.. borrowed.Keys];
    }

    /// <summary>Takes back what a Node that crashed left behind: it wrote its keys on the root window.</summary>
    public async Task ReclaimAsync(Keymap keymap, CancellationToken cancellationToken)
    {
        var property = session[XAtom.SOPHON_NODE_KEYS];
        var owner = session.Connection.RequestAsync(new GetSelectionOwner(property), cancellationToken);
        var left = (await session.Connection.RequestAsync(new GetProperty(session.Root, property), cancellationToken)).Words;
        if (await owner != 0) return;

        // Only what still is as it was left: a layout set since then has given the key another meaning.
        var mine = left.Chunk(2).Where(key => key.Length == 2 && keymap.Symbols((byte)key[0]) is [var first, ..] && first == key[1])
            .Select(key => new BorrowedKey((byte)key[0], []));
        await session.Connection.SendAsync([.. Mappings(mine, 0), new DeleteProperty(session.Root, property)], cancellationToken);
    }

    /// <summary>Gives keys their symbols.</summary>
    /// <param name="type">The keys' type, see <see cref="Keymap.BorrowedType"/>.</param>
    public async Task BorrowAsync(IReadOnlyList<BorrowedKey> keys, byte type, CancellationToken cancellationToken)
    {
        returning?.Cancel();
        foreach (var key in keys) borrowed[key.Keycode] = key;
        await session.Connection.SendAsync(
            [
                new SetSelectionOwner(session.HiddenWindow, session[XAtom.SOPHON_NODE_KEYS], 0),
                Note(),
                .. Mappings(keys, type),
            ],
            cancellationToken);
    }

    /// <summary>Notes that borrowed keys were typed with, among so many.</summary>
    public void Used(int keys) => (lastUsed, lastKeys) = (Stopwatch.GetTimestamp(), keys);

    /// <summary>Returns when the client that has the keyboard has read what was typed: keys may then get other symbols.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        ClientPing.SettleAsync(session, LagOf(lastKeys) - Stopwatch.GetElapsedTime(lastUsed), cancellationToken);

    // About 60 ms were seen until a client has the new map, and then each key takes its time; more where programs wait for a processor.
    static TimeSpan LagOf(int keys) => TimeSpan.FromMilliseconds(60 + keys) * MachineLoad.Factor();

    /// <summary>Lets the keys go back after a while, when <paramref name="turn"/> is free.</summary>
    public void ReturnLater(SemaphoreSlim turn)
    {
        if (borrowed.Count == 0) return;
        returning?.Cancel();
        returning = new CancellationTokenSource();
        _ = ReturnLaterAsync(turn, returning.Token);
    }

    public async ValueTask DisposeAsync()
    {
        returning?.Cancel();
        try
        {
            if (borrowed.Count > 0) await SettleAsync(CancellationToken.None);
            await ReturnAsync();
        }
        catch (PlatformException)
        {
            // The server is gone, and the map with it.
        }
    }

    async Task ReturnLaterAsync(SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(ReturnAfter, cancellationToken);
            await turn.WaitAsync(cancellationToken);
            try
            {
                await SettleAsync(cancellationToken);
                await ReturnAsync();
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or PlatformException)
        {
            // Typing goes on, or the server is gone.
        }
    }

    async Task ReturnAsync()
    {
        if (borrowed.Count == 0) return;
        var keymap = new Keymap(await session.Connection.RequestAsync(new XkbGetMap()));
        var empty = StillHeld(keymap).Select(keycode => new BorrowedKey(keycode, [])).ToList();
        borrowed.Clear();
        await session.Connection.SendAsync([.. Mappings(empty, 0), new DeleteProperty(session.Root, session[XAtom.SOPHON_NODE_KEYS])]);
    }

    ChangeProperty Note() => ChangeProperty.Words(session.Root, session[XAtom.SOPHON_NODE_KEYS], PredefinedAtom.Cardinal,
        [.. borrowed.Values.SelectMany(key => new[] { key.Keycode, key.Symbols[0] })]);

    // One request for each run of neighbours: every request makes every client look at the map.
    IEnumerable<Request> Mappings(IEnumerable<BorrowedKey> keys, byte type)
    {
        var run = new List<BorrowedKey>();
        foreach (var key in keys.OrderBy(key => key.Keycode))
        {
            if (run.Count > 0 && key.Keycode != run[^1].Keycode + 1)
            {
                yield return Mapping(run, type);
                run = [];
            }

            run.Add(key);
        }

        if (run.Count > 0) yield return Mapping(run, type);
    }

    XkbSetSymbols Mapping(List<BorrowedKey> run, byte type) =>
        new(session.Connection.Setup.MinKeycode, session.Connection.Setup.MaxKeycode, run[0].Keycode, type, [.. run.Select(key => key.Symbols)]);
}
