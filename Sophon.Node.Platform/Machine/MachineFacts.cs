using System.Globalization;
using System.Runtime.InteropServices;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Machine;

static class MachineFacts
{
    const long Mebi = 1024 * 1024;

    /// <summary>Asking every mount of the machine takes longer than the rest of a command's way; nobody needs free space to the second.</summary>
    static readonly TimeSpan DisksFreshness = TimeSpan.FromSeconds(2);

    static volatile Tuple<long, List<DiskInfo>>? disks;

    public static MachineInfo Read()
    {
        var (total, available) = ReadMemory();
        return new MachineInfo(
            Environment.MachineName,
            Environment.UserName,
            OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
            RuntimeInformation.OSDescription,
            RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            Environment.ProcessorCount,
            total / Mebi,
            available / Mebi,
            Environment.TickCount64 / 1000,
            TimeZoneInfo.Local.Id,
            Disks());
    }

    static List<DiskInfo> Disks()
    {
        if (disks is { } known && TimeProvider.System.GetElapsedTime(known.Item1) < DisksFreshness) return known.Item2;
        var read = ReadDisks();
        disks = Tuple.Create(TimeProvider.System.GetTimestamp(), read);
        return read;
    }

    static (long Total, long Available) ReadMemory()
    {
        if (OperatingSystem.IsLinux()) return ParseMemInfo(File.ReadLines("/proc/meminfo"));

        // Refreshed by a collection only, and zero before the first one.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        return (memory.TotalAvailableMemoryBytes, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
    }

    /// <summary>Source: proc(5), /proc/meminfo; its "kB" are KiB.</summary>
    internal static (long Total, long Available) ParseMemInfo(IEnumerable<string> lines)
    {
        var facts = lines.Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts is ["MemTotal" or "MemAvailable", ..])
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture) * 1024);
        return (facts.GetValueOrDefault("MemTotal"), facts.GetValueOrDefault("MemAvailable"));
    }

    static List<DiskInfo> ReadDisks()
    {
        var found = new List<DiskInfo>();
        foreach (var drive in DriveInfo.GetDrives())
        {
            try
            {
                if (drive is { IsReady: true, DriveType: DriveType.Fixed, TotalSize: > 0 })
                    found.Add(new DiskInfo(drive.Name, drive.DriveFormat, drive.TotalSize / Mebi, drive.AvailableFreeSpace / Mebi));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A mount that went away or is not ours to ask.
            }
        }

        return found;
    }
}
