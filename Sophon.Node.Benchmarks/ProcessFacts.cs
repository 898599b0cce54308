using System.Globalization;

namespace Sophon.Node.Benchmarks;

/// <summary>What the kernel tells of a process.</summary>
static class ProcessFacts
{
    const double TicksPerSecond = 100;

    /// <summary>MiB that the process alone has written to, and MiB resident.</summary>
    public static (double PrivateDirty, double Resident) Memory(int pid)
    {
        double dirty = 0, resident = 0;
        foreach (var line in File.ReadLines($"/proc/{pid}/smaps_rollup"))
        {
            if (line.StartsWith("Private_Dirty:", StringComparison.Ordinal)) dirty = Kilobytes(line) / 1024;
            if (line.StartsWith("Rss:", StringComparison.Ordinal)) resident = Kilobytes(line) / 1024;
        }

        return (dirty, resident);
    }

    /// <summary>Seconds of CPU since its start, in steps of 10 ms.</summary>
    public static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    static double Kilobytes(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
