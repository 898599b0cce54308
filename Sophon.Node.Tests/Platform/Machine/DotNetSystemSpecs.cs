using System.Runtime.Versioning;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Machine;

[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class DotNetSystemSpecs
{
    readonly DotNetSystem system = new();

    [Fact]
    public async Task Info_should_tell_the_machine()
    {
        var info = await system.GetInfoAsync(default);

        Assert.Equal((Environment.MachineName, "linux", Environment.ProcessorCount), (info.HostName, info.Platform, info.ProcessorCount));
        Assert.InRange(info.MemoryAvailableMb, 1, info.MemoryTotalMb);
        Assert.True(info.UptimeSeconds > 0);
        Assert.NotEmpty(info.TimeZone);
    }

    [Fact]
    public void Memory_should_be_read_from_meminfo()
    {
        Assert.Equal((8_000L * 1024, 3_000L * 1024), MachineFacts.ParseMemInfo(["MemTotal:        8000 kB", "MemFree: 1 kB", "MemAvailable:    3000 kB"]));
    }

    [Fact]
    public async Task Processes_should_be_filtered_by_name_and_led_by_the_largest()
    {
        await using var sleeper = TestProcess.Start("sleep", ["60"]);

        var all = await system.ListProcessesAsync(null, default);
        var sleepers = await system.ListProcessesAsync("SLEE", default);

        Assert.Contains(sleepers, process => process.ProcessId == sleeper.ProcessId && process.StartedAt is not null);
        Assert.All(sleepers, process => Assert.Contains("slee", process.Name, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(all, process => process.ProcessId == Environment.ProcessId && process.CpuSeconds > 0);
        Assert.Equal(all.Select(process => process.MemoryMb).OrderDescending(), all.Select(process => process.MemoryMb));
    }

    [Fact]
    public async Task Program_should_run_with_what_it_was_given()
    {
        using var folder = new TestFolder();
        var request = Request("sh", "-c", "pwd; echo $COLOUR; cat; echo bad >&2; exit 5") with
        {
            WorkingDirectory = folder.Path,
            Environment = new Dictionary<string, string?> { ["COLOUR"] = "grün" },
            StandardInput = "in 世\n",
        };

        var result = await system.ExecuteAsync(request, null, default);

        Assert.Equal(new ExecutionResult(5, $"{folder.Path}\ngrün\nin 世\n", "bad\n", false), result);
    }

    [Fact]
    public async Task Output_should_come_in_pieces_as_it_is_written_without_split_characters()
    {
        using var folder = new TestFolder();
        var pieces = new List<ExecutionOutput>();
        var go = folder.File("go");
        // The euro sign in two halves, and the second only when the first was seen.
        var running = system.ExecuteAsync(
            Request("sh", "-c", $"printf 'one \\342'; while [ ! -e {go} ]; do sleep 0.02; done; printf '\\202\\254 two'"),
            piece =>
            {
                lock (pieces) pieces.Add(piece);
            },
            default);
        await Eventually.TrueAsync(
            () =>
            {
                lock (pieces) return pieces.Count > 0;
            },
            "the first piece while the program runs");
        Assert.False(running.IsCompleted);
        await File.WriteAllTextAsync(go, "");

        Assert.Equal("one € two", (await running).StandardOutput);
        Assert.Equal(["one ", "€ two"], pieces.Select(piece => piece.Text));
    }

    [Fact]
    public async Task Long_output_should_be_cut_at_a_mebibyte_and_said_so()
    {
        var received = 0;
        var result = await system.ExecuteAsync(Request("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x"), piece => received += piece.Text.Length, default);

        Assert.True(result.Truncated);
        Assert.Equal(1024 * 1024, result.StandardOutput.Length);
        Assert.Equal(result.StandardOutput.Length, received);
    }

    [Fact]
    public async Task Cancellation_should_kill_the_whole_tree()
    {
        using var folder = new TestFolder();
        using var cancel = new CancellationTokenSource();
        var file = folder.File("pid");
        var running = system.ExecuteAsync(Request("sh", "-c", $"sleep 300 & echo $! > {file}.new; mv {file}.new {file}; wait"), null, cancel.Token);
        await Eventually.TrueAsync(() => File.Exists(file), "it runs");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var pid = (await File.ReadAllTextAsync(file)).Trim();
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{pid}") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal), "its child is dead");
    }

    [Theory]
    [InlineData("no-such-program-here", null)]
    [InlineData("/etc/hostname", null)]
    [InlineData("true", "/no/such/folder")]
    public async Task What_is_not_there_should_be_not_found(string command, string? folder)
    {
        var missing = await Assert.ThrowsAsync<NotFoundException>(() => system.ExecuteAsync(Request(command) with { WorkingDirectory = folder }, null, default));

        Assert.Contains(folder ?? command, missing.Message);
    }

    static ExecutionRequest Request(string command, params string[] arguments) =>
        new(command, arguments, null, new Dictionary<string, string?>(), null);
}
