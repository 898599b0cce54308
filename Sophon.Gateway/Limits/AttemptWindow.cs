namespace Sophon.Gateway.Limits;

/// <summary>Counts what one address tries, and says how long it has to wait once it is past <paramref name="most"/> in a minute.</summary>
sealed class AttemptWindow(int most, TimeProvider time)
{
    const int Remembered = 10_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly RecentEntries<List<long>> addresses = new(Remembered);

    /// <summary>Addresses in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate) return addresses.Count;
        }
    }

    /// <summary>Counts one attempt.</summary>
    /// <returns>How long the address has to wait; null when it is within its limit.</returns>
    public TimeSpan? Add(string address)
    {
        lock (gate)
        {
            var attempts = addresses.Find(address) ?? new List<long>(most);
            addresses.Set(address, attempts);
            attempts.RemoveAll(at => time.GetElapsedTime(at) >= Window);
            if (attempts.Count >= most) return Window - time.GetElapsedTime(attempts[0]);
            attempts.Add(time.GetTimestamp());
            return null;
        }
    }

    /// <summary>Takes one attempt back: it was a good one.</summary>
    public void Forgive(string address)
    {
        lock (gate)
        {
            if (addresses.Find(address) is { Count: > 0 } attempts) attempts.RemoveAt(attempts.Count - 1);
        }
    }
}
