using System.Globalization;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>How much longer than alone a program takes, because others want the processors as well.</summary>
static class MachineLoad
{
    const double Most = 6;

    public static double Factor()
    {
        try
        {
            return Read(File.ReadAllText("/proc/loadavg"), Environment.ProcessorCount);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 1;
        }
    }

    /// <param name="loadavg">The line of proc(5): mean numbers of runnable threads, then "now/all".</param>
    public static double Read(string loadavg, int processors)
    {
        // The mean of the last minute, and those of this moment, whichever is worse: compiling starts all at once.
        if (loadavg.Split(' ') is not [var minute, _, _, var threads, ..]
            || !double.TryParse(minute, CultureInfo.InvariantCulture, out var mean)
            || !double.TryParse(threads.Split('/')[0], CultureInfo.InvariantCulture, out var now)) return 1;
        return Math.Clamp(Math.Max(mean, now) / processors, 1, Most);
    }
}
