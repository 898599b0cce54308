using System.Globalization;
using System.Text;

namespace Sophon.Node.Cli.Pair;

/// <summary>Everybody on a machine can read the command lines of its processes (<c>ps</c>, /proc/PID/cmdline).</summary>
static class CommandLineSecret
{
    const int ArgumentsStart = 48;

    /// <summary>
    /// Puts x in place of the secret in this process's own arguments, where <c>ps</c> reads them. Until then, a tenth of a second
    /// after the start, and in the shell's history it can be seen.
    /// </summary>
    /// <returns>False where that is not possible: other systems than Linux.</returns>
    public static bool TryHide(string secret)
    {
        if (secret.Length == 0) return true;
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            var arguments = File.ReadAllBytes("/proc/self/cmdline");
            var start = ArgumentsAddress(File.ReadAllText("/proc/self/stat"));
            using var memory = File.OpenHandle("/proc/self/mem", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            for (var from = 0; arguments.AsSpan(from).IndexOf(bytes) is >= 0 and var at; from += at + bytes.Length)
                RandomAccess.Write(memory, Encoding.ASCII.GetBytes(new string('x', bytes.Length)), start + from + at);
            return File.ReadAllBytes("/proc/self/cmdline").AsSpan().IndexOf(bytes) < 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    // The second field is the program's name in parentheses, and may hold blanks and parentheses itself.
    static long ArgumentsAddress(string stat) => long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[ArgumentsStart - 3], CultureInfo.InvariantCulture);
}
