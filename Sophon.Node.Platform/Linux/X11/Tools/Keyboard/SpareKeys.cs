namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>
/// Which spare keycode is lent to which keysym. A client looks a key up when it handles the event, not when the key was pressed,
/// so what a key meant must stay until the client has come to it. Therefore keycodes are lent for good, reused in the order of
/// their last use, and never sooner than <see cref="SettleTime"/> after it.
/// </summary>
sealed class SpareKeys(TimeProvider time)
{
    /// <summary>The least time that a client gets to handle a key press: 60 ms are seen on an idle machine, seconds on a busy one.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Whoever has not come to a key press after this long has more trouble than a wrong letter.</summary>
    public static readonly TimeSpan LongAgo = TimeSpan.FromSeconds(5);

    readonly Dictionary<int, long> lastUse = [];
    IReadOnlyList<int> inUse = [];

    /// <param name="Keycodes">Where each keysym will be.</param>
    /// <param name="Lines">For xmodmap; empty when every keysym is there already.</param>
    /// <param name="Wait">How long to wait before the keycodes may change.</param>
    /// <param name="AwaitClient">Then wait also until the client has come to rest: it was sent these keycodes not long ago.</param>
    public sealed record Loan(IReadOnlyDictionary<Keysym, int> Keycodes, IReadOnlyList<string> Lines, TimeSpan Wait, bool AwaitClient);

    /// <summary>Plans a keycode for each of <paramref name="wanted"/>.</summary>
    /// <param name="map">The map as it is now.</param>
    /// <param name="wanted">Keysyms that the layout lacks, at most as many as there are spare keycodes.</param>
    public Loan Lend(KeyboardMap map, IReadOnlyCollection<Keysym> wanted)
    {
        var keycodes = map.Borrowed.Where(pair => wanted.Contains(pair.Value)).DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Key);
        var missing = wanted.Where(keysym => !keycodes.ContainsKey(keysym)).ToList();
        var free = map.Spare.Except(keycodes.Values)
            .OrderBy(keycode => map.Borrowed.ContainsKey(keycode))
            .ThenBy(keycode => lastUse.GetValueOrDefault(keycode))
            .Take(missing.Count)
            .ToList();

        var youngest = free.Where(lastUse.ContainsKey).Select(keycode => time.GetElapsedTime(lastUse[keycode])).DefaultIfEmpty(LongAgo).Min();
        foreach (var (keycode, keysym) in free.Zip(missing)) keycodes[keysym] = keycode;
        inUse = [.. keycodes.Values];
        return new Loan(keycodes, [.. free.Zip(missing, KeyboardMap.Lend)], youngest < SettleTime ? SettleTime - youngest : TimeSpan.Zero, youngest < LongAgo);
    }

    /// <summary>The keys of the last loan have just been pressed.</summary>
    public void Used()
    {
        foreach (var keycode in inUse) lastUse[keycode] = time.GetTimestamp();
    }

    /// <summary>When every key lent so far has settled: then they may be returned.</summary>
    public TimeSpan UntilSettled() =>
        lastUse.Values.Select(use => SettleTime - time.GetElapsedTime(use)).Where(left => left > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.Zero).Max();
}
