using System.Diagnostics;
using System.Text;

namespace Sophon.Operations.Processes;

/// <param name="Output">Standard output, at most 64 Ki characters of it.</param>
/// <param name="Errors">Standard error, likewise.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>A helper program to its end: by argument list, with a deadline, and its whole tree dies with it.</summary>
public static class ProgramRun
{
    const int LongestText = 64 * 1024;

    /// <param name="environment">Over our own; null removes a variable.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    /// <exception cref="IOException">It took longer than <paramref name="deadline"/>, and was ended.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = ReadAsync(process.StandardOutput), errors = ReadAsync(process.StandardError);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        try
        {
            await process.WaitForExitAsync(limit.Token);

            // What it has left running may hold the pipes open: its own words are in them by now.
            await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
            return new ProgramResult(process.ExitCode, Ended(output), Ended(errors));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{program} did not end within {deadline.TotalSeconds:0} s, and was ended.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    static string Ended(Task<string> reading) => reading.IsCompletedSuccessfully ? reading.Result : "";

    static async Task<string> ReadAsync(StreamReader reader)
    {
        var (text, buffer) = (new StringBuilder(), new char[4096]);
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            if (text.Length < LongestText) text.Append(buffer, 0, Math.Min(count, LongestText - text.Length));
        }

        return text.ToString();
    }
}
