namespace Sophon.Gateway.Store;

/// <summary>The system's time in whole microseconds, as every store keeps it: what is read back is what was in memory.</summary>
sealed class StoredTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
