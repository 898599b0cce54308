using System.Globalization;

namespace Sophon.Node.Platform.Linux;

/// <summary>What /proc/pid/stat tells about a process (proc(5)).</summary>
/// <param name="State">One letter.</param>
/// <param name="CpuTicks">Processor time so far.</param>
sealed record ProcessActivity(char State, long CpuTicks)
{
    /// <summary>It waits for something to happen; not so when it runs, or waits for a processor or the disk.</summary>
    public bool Sleeps => State == 'S';

    /// <summary>It has ended, and only waits for its parent to look.</summary>
    public bool IsDead => State is 'Z' or 'X';

    /// <summary>Null when there is no such process.</summary>
    public static ProcessActivity? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // "pid (name) state …"; the name may hold anything, even parentheses. utime and stime are fields 14 and 15.
    internal static ProcessActivity Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessActivity(fields[0][0], long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
    }
}
