using System.Diagnostics;
using System.Text;

namespace Sophon.Node.Tests.Support;

/// <summary>A program that a test runs beside the product: its output is kept by lines, and it dies with the test.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder standardOutput = new();
    readonly Lock gate = new();
    readonly Task pumps;
    bool disposed;

    TestProcess(Process process)
    {
        this.process = process;
        process.StandardInput.Close();
        pumps = Task.WhenAll(PumpAsync(process.StandardOutput, standardOutput), PumpAsync(process.StandardError, null));
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Standard output and standard error so far.</summary>
    public string Output
    {
        get
        {
            lock (gate) return output.ToString();
        }
    }

    public string StandardOutput
    {
        get
        {
            lock (gate) return standardOutput.ToString();
        }
    }

    public static TestProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        return new TestProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end; any exit code but 0 fails the test.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? deadline = null)
    {
        await using var run = Start(program, arguments, environment);
        await run.WaitForExitAsync(deadline);
        if (run.process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {run.process.ExitCode}: {run.Output}");
        return run.Output;
    }

    /// <summary>Waits for its end and the rest of its output.</summary>
    public async Task WaitForExitAsync(TimeSpan? deadline = null)
    {
        using var limit = new CancellationTokenSource(deadline ?? TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        await pumps.WaitAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>Everything it wrote, whatever its exit code.</summary>
    public async Task<string> WaitForTextAsync()
    {
        await WaitForExitAsync();
        return Output;
    }

    public async Task WaitForOutputAsync(string text)
    {
        await Eventually.TrueAsync(() => HasExited || Output.Contains(text, StringComparison.Ordinal), $"\"{text}\" from {process.StartInfo.FileName}");
        if (!Output.Contains(text, StringComparison.Ordinal))
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}: {Output}");
    }

    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await KillAsync();
        process.Dispose();
    }

    async Task PumpAsync(StreamReader reader, StringBuilder? copy)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (gate)
            {
                output.Append(buffer, 0, count);
                copy?.Append(buffer, 0, count);
            }
        }
    }
}
