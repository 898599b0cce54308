using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace Sophon.Node.Tests.Support.X11;

/// <summary>Finds helper programs of the product by the display that they were given: other tests run the same programs.</summary>
public static partial class HelperKiller
{
    public const int SigKill = 9, SigContinue = 18, SigStop = 19;

    /// <summary>Waits for the helper and sends it <paramref name="signal"/>.</summary>
    /// <returns>Its process id.</returns>
    public static async Task<int> KillAsync(string program, string display, int signal = SigKill)
    {
        int? found = null;
        await Eventually.TrueAsync(() => (found = Find(program, display)) is not null, $"{program} runs on {display}");
        Signal(found!.Value, signal);
        return found.Value;
    }

    /// <summary>Stops the helper at a moment when it holds a key or button down.</summary>
    /// <param name="device">The xinput device that it works: "Virtual core XTEST keyboard" or "… pointer".</param>
    public static async Task<int> StopWhileHoldingAsync(string program, XvfbServer server, string device)
    {
        var pid = await KillAsync(program, server.Display, SigStop);
        await Eventually.TrueAsync(
            async () =>
            {
                if ((await server.RunAsync("xinput", "query-state", device)).Contains("=down", StringComparison.Ordinal)) return true;
                Signal(pid, SigContinue);
                await Task.Delay(Random.Shared.Next(1, 5));
                Signal(pid, SigStop);
                return false;
            },
            $"{program} holds something down");
        return pid;
    }

    public static void Signal(int pid, int signal) => Assert.Equal(0, Kill(pid, signal));

    /// <summary>Its process id; null when it does not run.</summary>
    public static int? Find(string program, string display) =>
        Processes(display).Where(process => process.Name == program).Select(process => (int?)process.Id).FirstOrDefault();

    /// <summary>The command lines of everything on the display.</summary>
    public static IReadOnlyList<string> CommandLines(string display) =>
        [.. Processes(display).Select(process => ReadOrEmpty($"/proc/{process.Id}/cmdline").Replace('\0', ' '))];

    static IEnumerable<(int Id, string Name)> Processes(string display)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (ReadOrEmpty($"/proc/{process.Id}/environ").Split('\0').Contains($"DISPLAY={display}"))
                    yield return (process.Id, ReadOrEmpty($"/proc/{process.Id}/comm").Trim());
            }
        }
    }

    static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
