using System.ComponentModel;
using System.Diagnostics;

namespace Sophon.Node.Platform.Processes;

/// <summary>Runs a child process with redirected streams; nobody outside this folder touches <see cref="Process"/>.</summary>
static class ChildProcess
{
    /// <summary>How long the outputs may stay open after the process ended: a grandchild in the background can hold them for ever.</summary>
    static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(1);

    public static ProcessStartInfo Describe(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs to the end. On cancellation the whole process tree is killed before the exception leaves.</summary>
    /// <returns>The exit code; 128 + signal when killed.</returns>
    /// <exception cref="Win32Exception">The OS could not start it.</exception>
    public static async Task<int> RunAsync(
        ProcessStartInfo start, ReadOnlyMemory<byte> input,
        Action<ReadOnlySpan<byte>> onOutput, Action<ReadOnlySpan<byte>> onError, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        using var pumpsEnd = new CancellationTokenSource();
        var pumps = Task.WhenAll(
            FeedAsync(process.StandardInput.BaseStream, input, pumpsEnd.Token),
            PumpAsync(process.StandardOutput.BaseStream, onOutput, pumpsEnd.Token),
            PumpAsync(process.StandardError.BaseStream, onError, pumpsEnd.Token));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            KillTree(process);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            pumpsEnd.CancelAfter(DrainGrace);
            await pumps;
        }

        return process.ExitCode;
    }

    public static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }

    internal static async Task FeedAsync(Stream stream, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await using (stream) await stream.WriteAsync(input, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A program may end without reading its input; its exit code tells whether that is a failure.
        }
    }

    internal static async Task PumpAsync(Stream stream, Action<ReadOnlySpan<byte>> sink, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count) sink(buffer.AsSpan(0, count));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Read as far as it went.
        }
    }
}
