namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>
/// Which spare keycode is lent to which keysym. A client looks a key up when it handles the event, not when the key was pressed,
/// so what a key meant must stay until the client has come to it. Therefore keycodes are lent for good, reused in the order of
/// their last use, and never sooner than <see cref="SettleTime"/> after it.
/// </summary>
sealed class SpareKeys(TimeProvider time)
{
    /// <summary>How long a busy client may take to handle a key press: 60 ms are seen on an idle machine.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(300);

    readonly Dictionary<int, long> lastUse = [];
    IReadOnlyList<int> inUse = [];

    /// <param name="Lines">For xmodmap; empty when every keysym is there already.</param>
    /// <param name="Wait">How long to wait before the keycodes may change.</param>
    public sealed record Loan(IReadOnlyList<string> Lines, TimeSpan Wait);

    /// <summary>Plans a keycode for each of <paramref name="wanted"/>.</summary>
    /// <param name="map">The map as it is now.</param>
    /// <param name="wanted">Keysyms that the layout lacks, at most as many as there are spare keycodes.</param>
    public Loan Lend(KeyboardMap map, IReadOnlyCollection<Keysym> wanted)
    {
        var borrowed = map.Borrowed;
        var kept = borrowed.Where(pair => wanted.Contains(pair.Value)).Select(pair => pair.Key).ToHashSet();
        var missing = wanted.Except(kept.Select(keycode => borrowed[keycode])).ToList();
        var free = map.Spare.Where(keycode => !kept.Contains(keycode))
            .OrderBy(keycode => borrowed.ContainsKey(keycode) ? 1 : 0)
            .ThenBy(keycode => lastUse.GetValueOrDefault(keycode))
            .Take(missing.Count)
            .ToList();

        var youngest = free.Where(lastUse.ContainsKey).Select(keycode => time.GetElapsedTime(lastUse[keycode])).DefaultIfEmpty(SettleTime).Min();
        inUse = [.. kept, .. free];
        return new Loan([.. free.Zip(missing, KeyboardMap.Lend)], youngest < SettleTime ? SettleTime - youngest : TimeSpan.Zero);
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
