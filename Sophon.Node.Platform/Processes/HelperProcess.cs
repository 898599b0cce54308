using System.Diagnostics;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>A helper that stays alive after the call that started it.</summary>
public sealed class HelperProcess : IHelperProcess
{
    const int MaxErrorBytes = 64 * 1024;

    readonly Process process;
    readonly CancellationTokenSource pumpsEnd = new();
    readonly BoundedBuffer error = new(MaxErrorBytes);

    internal HelperProcess(string tool, ProcessStartInfo start, ReadOnlyMemory<byte> input)
    {
        Tool = tool;
        process = Process.Start(start)!;
        ProcessId = process.Id;
        Exited = RunAsync(input);
    }

    public string Tool { get; }

    public int ProcessId { get; }

    public Task<int> Exited { get; }

    /// <summary>How it ended. Its standard output is not kept.</summary>
    public async Task<HelperResult> ResultAsync()
    {
        var exitCode = await Exited;
        return new HelperResult(Tool, exitCode, [], Encoding.UTF8.GetString(error.Written));
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted) ChildProcess.KillTree(process);
        await Exited;
        process.Dispose();
        pumpsEnd.Dispose();
    }

    async Task<int> RunAsync(ReadOnlyMemory<byte> input)
    {
        var pumps = Task.WhenAll(
            ChildProcess.FeedAsync(process.StandardInput.BaseStream, input, pumpsEnd.Token),
            ChildProcess.PumpAsync(process.StandardOutput.BaseStream, static _ => { }, pumpsEnd.Token),
            ChildProcess.PumpAsync(process.StandardError.BaseStream, error.Append, pumpsEnd.Token));
        await process.WaitForExitAsync();
        pumpsEnd.CancelAfter(TimeSpan.FromSeconds(1));
        await pumps;
        return process.ExitCode;
    }
}
