namespace Sophon.Gateway.Pairing;

/// <summary>
/// Counts failed pairing attempts: 20 a minute for each address, 5 for each id until its secret is regenerated.
/// A poll with the right secret is never counted and never asks here.
/// </summary>
sealed class FailedAttempts(TimeProvider time)
{
    public const int PerAddress = 20;
    public const int PerId = 5;

    /// <summary>Addresses and ids that are remembered; past it the oldest are forgotten.</summary>
    const int Remembered = 10_000;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly Dictionary<string, Queue<long>> addresses = [];
    readonly Dictionary<string, int> ids = [];

    /// <summary>Counts one failed attempt.</summary>
    /// <returns>How long this address has to wait; null when it is within its limit. And whether this attempt killed the id's secret.</returns>
    public (TimeSpan? Wait, bool IdDies) Add(string address, string nodeId)
    {
        lock (gate)
        {
            var idCount = ids.GetValueOrDefault(nodeId) + 1;
            if (ids.Count >= Remembered && !ids.ContainsKey(nodeId)) ids.Remove(ids.Keys.First());
            ids[nodeId] = idCount;
            return (Count(address), idCount == PerId);
        }
    }

    /// <summary>The id has a new secret.</summary>
    public void Forget(string nodeId)
    {
        lock (gate) ids.Remove(nodeId);
    }

    TimeSpan? Count(string address)
    {
        if (!addresses.TryGetValue(address, out var attempts))
        {
            if (addresses.Count >= Remembered) ForgetQuietAddresses();
            addresses[address] = attempts = new Queue<long>(PerAddress);
        }

        while (attempts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window) attempts.Dequeue();
        if (attempts.Count >= PerAddress) return Window - time.GetElapsedTime(attempts.Peek());
        attempts.Enqueue(time.GetTimestamp());
        return null;
    }

    void ForgetQuietAddresses()
    {
        foreach (var quiet in addresses.Where(pair => pair.Value.All(at => time.GetElapsedTime(at) >= Window)).Select(pair => pair.Key).ToList())
            addresses.Remove(quiet);
        if (addresses.Count >= Remembered) addresses.Remove(addresses.Keys.First());
    }
}
