using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sophon.Node.Tests.Support.Programs;

/// <summary>One of our programs as a process of its own, started as a user would.</summary>
public sealed partial class ProgramProcess : IAsyncDisposable
{
    const int Sigterm = 15;

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();
    readonly Lock gate = new();
    readonly Task pumps;

    ProgramProcess(Process process)
    {
        this.process = process;
        process.StandardInput.Close();
        pumps = Task.WhenAll(PumpAsync(process.StandardOutput, output), PumpAsync(process.StandardError, errors));
    }

    /// <param name="program"><c>sophon-node</c> or <c>sophon-gateway</c>, as built for the running tests, or as SOPHON_TEST_NODE or SOPHON_TEST_GATEWAY names it; or any program's path.</param>
    /// <param name="environment">Over the tests' own environment; null removes a variable.</param>
    /// <param name="through">A program and its arguments that ends in becoming ours, e.g. <c>unshare -m</c>.</param>
    public static ProgramProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string>? through = null)
    {
        var published = program.Contains('/', StringComparison.Ordinal) ? program : PublishedPathOf(program);
        string[] line = [.. through ?? [], .. published is null ? ["dotnet", PathOf(program)] : new[] { published }, .. arguments];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in line[1..]) start.ArgumentList.Add(argument);
        foreach (var name in new[] { "WAYLAND_DISPLAY", "SWAYSOCK", "SOPHON_GATEWAY_TOKEN", "SOPHON_GATEWAY_URL" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ProgramProcess(Process.Start(start)!);
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output => Read(output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Read(errors);

    /// <summary>Waits for a text on standard output; the program's early end fails the test with what it said.</summary>
    public async Task WaitForAsync(string text, TimeSpan? deadline = null, int times = 1)
    {
        await Eventually.TrueAsync(() => HasExited || Count(text) >= times, $"\"{text}\" from {Describe()}", deadline ?? TimeSpan.FromSeconds(30));
        if (HasExited) await pumps.WaitAsync(TimeSpan.FromSeconds(5));
        if (Count(text) < times) throw new InvalidOperationException($"{Describe()} ended with {process.ExitCode}. It said:\n{Output}\n{Errors}");
    }

    public async Task<int> ExitAsync(TimeSpan? deadline = null)
    {
        using var limit = new CancellationTokenSource(deadline ?? TimeSpan.FromSeconds(40));
        await process.WaitForExitAsync(limit.Token);
        await pumps.WaitAsync(TimeSpan.FromSeconds(10));
        return process.ExitCode;
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public void Terminate() => _ = Kill(process.Id, Sigterm);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    /// <summary>Where the build put the program. Not the copy beside the tests: that one lacks what the tests' own framework brings.</summary>
    public static string PathOf(string program)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var (configuration, root) = (framework.Parent!, framework.Parent!.Parent!.Parent!.Parent!);
        var project = program == "sophon-gateway" ? "Sophon.Gateway" : "Sophon.Node";
        return Path.Combine(root.FullName, project, "bin", configuration.Name, framework.Name, program + ".dll");
    }

    /// <summary>A released program that takes the place of the built one: test.sh --release runs the end-to-end specs against it.</summary>
    static string? PublishedPathOf(string program) =>
        Environment.GetEnvironmentVariable(program == "sophon-gateway" ? "SOPHON_TEST_GATEWAY" : "SOPHON_TEST_NODE") is { Length: > 0 } path ? path : null;

    string Describe() => string.Join(' ', process.StartInfo.ArgumentList.Prepend(process.StartInfo.FileName).Take(3).Select(Path.GetFileName));

    int Count(string text) => Output.Split(text).Length - 1;

    string Read(StringBuilder from)
    {
        lock (gate) return from.ToString();
    }

    async Task PumpAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (gate) into.Append(buffer, 0, count);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
