using System.Globalization;
using System.Runtime.InteropServices;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Machine;

static class MachineFacts
{
    const long Mebi = 1024 * 1024;

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
            ReadDisks());
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
        var disks = new List<DiskInfo>();
        foreach (var drive in DriveInfo.GetDrives())
        {
            try
            {
                if (drive is { IsReady: true, DriveType: DriveType.Fixed, TotalSize: > 0 })
                    disks.Add(new DiskInfo(drive.Name, drive.DriveFormat, drive.TotalSize / Mebi, drive.AvailableFreeSpace / Mebi));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A mount that went away or is not ours to ask.
            }
        }

        return disks;
    }
}
