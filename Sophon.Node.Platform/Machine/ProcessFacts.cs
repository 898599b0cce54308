using System.ComponentModel;
using System.Diagnostics;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Machine;

static class ProcessFacts
{
    public static IReadOnlyList<ProcessInfo> List(string? nameFilter)
    {
        var facts = new List<ProcessInfo>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    if (nameFilter is null || process.ProcessName.Contains(nameFilter, StringComparison.OrdinalIgnoreCase))
                        facts.Add(Describe(process));
                }
                catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
                {
                    // It ended while we looked.
                }
            }
        }

        return [.. facts.OrderByDescending(fact => fact.MemoryMb).ThenBy(fact => fact.ProcessId)];
    }

    static ProcessInfo Describe(Process process) => new(
        process.Id,
        process.ProcessName,
        Math.Round(process.WorkingSet64 / 1024.0 / 1024.0, 1),
        Math.Round(OrNull(() => process.TotalProcessorTime)?.TotalSeconds ?? 0, 2),
        OrNull(() => new DateTimeOffset(process.StartTime)));

    static T? OrNull<T>(Func<T> read) where T : struct
    {
        try
        {
            return read();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
