namespace Sophon.Node.Actors.Journal;

/// <summary>
/// Tells one boot of the machine from the next. What a process wrote survives the process, but not necessarily the machine:
/// the system writes to the disk when it sees fit, some 30 s later.
/// </summary>
public static class BootId
{
    const string LinuxFile = "/proc/sys/kernel/random/boot_id";
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    public static string Current { get; } = Read();

    /// <summary>Where the system has no id, the moment of the boot stands for it; a corrected clock moves it a little.</summary>
    public static bool AreSame(string one, string other) =>
        one == other || (DateTimeOffset.TryParse(one, out var first) && DateTimeOffset.TryParse(other, out var second) && (first - second).Duration() < Tolerance);

    static string Read()
    {
        try
        {
            return File.ReadAllText(LinuxFile).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64)).ToString("O");
        }
    }
}
