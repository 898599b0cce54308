namespace Sophon.Node.Actors.Heartbeats;

/// <summary>CPU and memory of the Node's own process.</summary>
public sealed class ProcessSampler(TimeProvider time)
{
    readonly long started = time.GetTimestamp();
    long lastSample = time.GetTimestamp();
    TimeSpan lastCpu = Environment.CpuUsage.TotalTime;

    /// <summary>Since this process's tree started.</summary>
    public TimeSpan Uptime => time.GetElapsedTime(started);

    /// <summary>Since the last sample; 100 is one core.</summary>
    public double CpuPercent()
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var elapsed = time.GetElapsedTime(lastSample);
        var percent = elapsed <= TimeSpan.Zero ? 0 : (cpu - lastCpu) / elapsed * 100;
        (lastSample, lastCpu) = (time.GetTimestamp(), cpu);
        return Math.Round(Math.Max(0, percent), 2);
    }

    /// <summary>Resident MiB.</summary>
    public static double MemoryMb() => Math.Round(Environment.WorkingSet / 1048576.0, 1);
}
