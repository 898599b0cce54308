using System.Globalization;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>Processes as the kernel shows them.</summary>
static class ProcessTable
{
    /// <summary>0 when there is none.</summary>
    public static int ChildOf(int parent, string name) => Descendants(parent).FirstOrDefault(process => process.Name == name).Id;

    /// <summary>Zombies don't.</summary>
    public static bool Lives(int process) => Stat(process) is { State: not 'Z' };

    /// <summary>All processes beneath one, zombies included.</summary>
    public static IEnumerable<(int Id, string Name, char State)> Descendants(int ancestor)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0).Select(id => (Id: id, Stat: Stat(id))).Where(process => process.Stat is not null).ToDictionary(process => process.Id, process => process.Stat!.Value);
        return all.Where(process => IsBeneath(process.Key)).Select(process => (process.Key, process.Value.Name, process.Value.State));

        bool IsBeneath(int id) => all.TryGetValue(id, out var stat) && (stat.Parent == ancestor || (stat.Parent > 1 && IsBeneath(stat.Parent)));
    }

    /// <summary>All of its threads have a tracer.</summary>
    public static bool IsTraced(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .All(task => File.ReadLines(Path.Combine(task, "status")).Any(line => line.StartsWith("TracerPid:", StringComparison.Ordinal) && !line.EndsWith("\t0", StringComparison.Ordinal)));

    /// <summary>Open files and sockets.</summary>
    public static int Handles(int process) => Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();

    public static int Threads(int process) => Directory.EnumerateDirectories($"/proc/{process}/task").Count();

    /// <summary>Resident.</summary>
    public static double MemoryMb(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    static (string Name, char State, int Parent)? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            var rest = stat[(close + 2)..].Split(' ');
            return (stat[(open + 1)..close], rest[0][0], int.Parse(rest[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
