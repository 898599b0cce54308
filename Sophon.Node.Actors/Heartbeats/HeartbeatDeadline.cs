namespace Sophon.Node.Actors.Heartbeats;

/// <summary>Whether the Gateway has been silent too long. Monotonic: a stepped clock changes nothing.</summary>
public sealed class HeartbeatDeadline(TimeProvider time, TimeSpan limit)
{
    long lastAcknowledged = time.GetTimestamp();

    /// <summary>Since the last acknowledged heartbeat, or since the connection opened.</summary>
    public TimeSpan Silence => time.GetElapsedTime(lastAcknowledged);

    public bool IsPassed => Silence >= limit;

    /// <summary>A heartbeat was acknowledged, or a connection opened.</summary>
    public void Restart() => lastAcknowledged = time.GetTimestamp();
}
