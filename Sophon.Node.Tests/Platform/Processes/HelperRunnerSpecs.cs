using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Processes;

[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class HelperRunnerSpecs
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    readonly HelperRunner runner = new(new Dictionary<string, string?> { ["SOPHON_TEST"] = "of this instance", ["HOME"] = null });

    [Fact]
    public async Task Missing_tool_should_name_its_install_command()
    {
        var missing = await Assert.ThrowsAsync<ToolMissingException>(() => runner.RunAsync("no-such-tool", [], default));

        Assert.Equal(("no-such-tool", "sudo apt install no-such-tool"), (missing.Tool, missing.InstallCommand));
        Assert.Equal("sudo apt install wl-clipboard", HelperPackages.InstallCommand("wl-paste"));
    }

    [Fact]
    public async Task Environment_should_be_the_instances_own()
    {
        var result = await runner.RunAsync("env", [], default);

        Assert.Contains("SOPHON_TEST=of this instance", result.Lines);
        Assert.DoesNotContain(result.Lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
        Assert.Null(Environment.GetEnvironmentVariable("SOPHON_TEST"));
    }

    [Fact]
    public async Task Arguments_should_arrive_as_they_are()
    {
        string[] arguments = ["$HOME", "two words", "\"quoted\"", "", "*", "a\nb"];

        var result = await runner.RunAsync("printf", ["%s|", .. arguments], default);

        Assert.Equal(string.Join('|', arguments) + "|", result.Text);
    }

    [Fact]
    public async Task Input_should_arrive_whole()
    {
        var input = new byte[3_000_000];
        new Random(1).NextBytes(input);

        var result = await runner.RunAsync("cat", [], input, default);

        Assert.True(input.AsSpan().SequenceEqual(result.Output));
    }

    [Fact]
    public async Task Input_that_nobody_reads_should_not_matter()
    {
        var result = await runner.RunAsync("true", [], new byte[1_000_000], default);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Exit_code_and_first_line_should_be_in_the_error()
    {
        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => runner.RunAsync("sh", ["-c", "echo first >&2; echo second >&2; exit 7"], default));

        Assert.Equal("sh failed with exit code 7: first", failure.Message);
    }

    [Fact]
    public async Task Signal_should_be_in_the_error()
    {
        var result = await runner.TryRunAsync("sh", ["-c", "kill -9 $$"], default);

        Assert.Equal(137, result.ExitCode);
        Assert.Equal("sh was killed by signal 9", result.ToException().Message);
    }

    [Fact]
    public async Task Too_much_output_should_be_a_failure()
    {
        var failure = await Assert.ThrowsAsync<ActionFailedException>(
            () => runner.RunAsync("head", ["-c", (HelperRunner.MaxOutputBytes + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "/dev/zero"], default));

        Assert.Contains("more than 64 MiB", failure.Message);
    }

    [Fact]
    public async Task Deadline_should_kill_the_whole_tree()
    {
        using var folder = new TestFolder();
        var pids = folder.File("pids");
        using var deadline = new CancellationTokenSource();
        var running = runner.RunAsync("sh", ["-c", $"sleep 300 & echo $! > {pids}.new; echo $$ >> {pids}.new; mv {pids}.new {pids}; wait"], deadline.Token);
        await Eventually.TrueAsync(() => File.Exists(pids), "the tree runs");
        var watch = Stopwatch.StartNew();

        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(watch.Elapsed < Deadline);
        foreach (var pid in await File.ReadAllLinesAsync(pids))
            await Eventually.TrueAsync(() => !IsRunning(pid), $"process {pid} is dead");
    }

    [Fact]
    public async Task Grandchild_that_keeps_the_output_open_should_not_hold_the_call()
    {
        using var folder = new TestFolder();
        var watch = Stopwatch.StartNew();

        var result = await runner.RunAsync("sh", ["-c", "sleep 60 & echo $!"], default);

        Assert.True(watch.Elapsed < Deadline);
        await runner.RunAsync("kill", [result.Text.Trim()], default);
    }

    [Fact]
    public async Task Cancelled_token_should_start_nothing()
    {
        using var folder = new TestFolder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync("touch", [folder.File("started")], new CancellationToken(true)));

        Assert.False(File.Exists(folder.File("started")));
    }

    [Fact]
    public async Task Long_lived_helper_should_tell_its_end()
    {
        await using var helper = runner.Start("sh", ["-c", "read line; echo \"$line\" >&2; exit 3"], Encoding.UTF8.GetBytes("bye\n"));

        Assert.Equal(3, await helper.Exited.WaitAsync(Deadline));
        Assert.Equal("bye\n", (await helper.ResultAsync()).Error);
    }

    [Fact]
    public async Task Disposed_helper_should_be_dead()
    {
        var helper = runner.Start("sleep", ["300"]);

        await helper.DisposeAsync();

        Assert.Equal(137, await helper.Exited);
        Assert.False(IsRunning(helper.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    static bool IsRunning(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
