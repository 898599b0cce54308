using Sophon.Gateway.Limits;

namespace Sophon.Gateway.Pairing;

/// <summary>
/// Counts failed pairing attempts: 20 a minute for each address, 5 for each id until its secret is regenerated.
/// A poll with the right secret is never counted and never limited.
/// </summary>
sealed class FailedAttempts(TimeProvider time)
{
    public const int PerAddress = 20;
    public const int PerId = 5;

    const int Remembered = 10_000;

    readonly Lock gate = new();
    readonly AttemptWindow addresses = new(PerAddress, time);
    readonly RecentEntries<int> ids = new(Remembered);

    /// <summary>Entries in memory.</summary>
    public int Remembering
    {
        get
        {
            lock (gate) return addresses.Count + ids.Count;
        }
    }

    /// <summary>Counts one failed attempt.</summary>
    /// <param name="before">Failures for the id that the store knows of: from before a restart.</param>
    /// <returns>How long this address has to wait; null when it is within its limit. And whether this attempt killed the id's secret.</returns>
    public (TimeSpan? Wait, bool IdDies) Add(string address, string nodeId, int before = 0)
    {
        lock (gate)
        {
            var count = Math.Max(ids.Find(nodeId), before) + 1;
            ids.Set(nodeId, count);
            return (addresses.Add(address), count == PerId);
        }
    }

    /// <summary>True from the fifth failure on.</summary>
    public bool IsDead(string nodeId)
    {
        lock (gate) return ids.Find(nodeId) >= PerId;
    }

    /// <summary>The id has a new secret.</summary>
    public void Forget(string nodeId)
    {
        lock (gate) ids.Remove(nodeId);
    }
}
