using System.Collections.Concurrent;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

/// <summary>What a Node said of its own process with one heartbeat.</summary>
/// <param name="CpuPercent">100 is one core.</param>
/// <param name="MemoryMb">Resident MiB.</param>
public readonly record struct HeartbeatSample(DateTimeOffset At, float CpuPercent, float MemoryMb);

/// <summary>The last hour of every Node's heartbeats, in memory only: 120 samples of 24 bytes at the usual pace.</summary>
sealed class HeartbeatSamples(TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>A Node that beats faster, e.g. by connecting anew, must not cost more memory.</summary>
    static readonly TimeSpan Spacing = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, Queue<HeartbeatSample>> samples = new();

    public void Add(string nodeId, Heartbeat heartbeat)
    {
        var now = time.GetUtcNow();
        var queue = samples.GetOrAdd(nodeId, _ => new Queue<HeartbeatSample>());
        lock (queue)
        {
            Trim(queue, now);
            if (queue.Count == 0 || queue.Last().At + Spacing <= now)
                queue.Enqueue(new HeartbeatSample(now, Sane(heartbeat.CpuPercent), Sane(heartbeat.MemoryMb)));
        }
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<HeartbeatSample> Of(string nodeId)
    {
        if (!samples.TryGetValue(nodeId, out var queue)) return [];
        lock (queue)
        {
            Trim(queue, time.GetUtcNow());
            return [.. queue];
        }
    }

    public void Forget(string nodeId) => samples.TryRemove(nodeId, out _);

    static void Trim(Queue<HeartbeatSample> queue, DateTimeOffset now)
    {
        while (queue.TryPeek(out var oldest) && oldest.At < now - Kept) queue.Dequeue();
    }

    /// <summary>A Node's word is drawn to scale: it must be a number.</summary>
    static float Sane(double value) => double.IsFinite(value) ? (float)Math.Clamp(value, 0, 1e9) : 0;
}
