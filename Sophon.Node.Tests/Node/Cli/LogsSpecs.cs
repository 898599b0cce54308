using Sophon.Node.Cli.Logs;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

public sealed class LogsSpecs : IDisposable
{
    const string Head = "2026-11-24 10:00:00.000 +00:00";

    readonly CliFixture cli = new();

    public LogsSpecs() => Directory.CreateDirectory(cli.Home.Logs);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Logs_should_show_the_last_entries_of_the_wanted_level_with_all_their_lines()
    {
        Write("20261123", $"{Head} [ERR] a: first\n   at there\n   at here\n");
        Write("20261124", $"{Head} [INF] a: second\n{Head} [WRN] a: third\n");
        Write("20261124_001", $"{Head} [ERR] a: fourth\n");
        Assert.Equal(0, await cli.RunAsync(null, "logs", "--level", "warning", "-n", "2"));
        Assert.Equal($"{Head} [WRN] a: third\n{Head} [ERR] a: fourth\n", cli.Output.ToString());
        cli.Output.GetStringBuilder().Clear();
        Assert.Equal(0, await cli.RunAsync(null, "logs", "--level", "error", "-n", "2"));
        Assert.Equal($"{Head} [ERR] a: first\n   at there\n   at here\n{Head} [ERR] a: fourth\n", cli.Output.ToString());
    }

    [Fact]
    public async Task No_logs_should_be_said()
    {
        Assert.Equal((int)ExitCode.Problem, await cli.RunAsync(null, "logs"));
        Assert.Contains("no Node has run here", cli.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Follower_should_go_on_to_the_next_file_and_hold_back_half_a_line()
    {
        using var follower = new LogFollower(cli.Home.Logs);
        Assert.Empty(follower.ReadLines());
        Write("20261124", "one\ntw");
        Assert.Equal(["one"], follower.ReadLines());
        Write("20261124", "o\nthree\n");
        Write("20261125", "four\n");
        Assert.Equal(["two", "three", "four"], follower.ReadLines());
        Assert.Empty(follower.ReadLines());
    }

    [Theory]
    [InlineData("--level", "loud")]
    [InlineData("-n", "-1")]
    public async Task Useless_values_should_be_usage(string option, string value) => Assert.Equal((int)ExitCode.Usage, await cli.RunAsync(null, "logs", option, value));

    void Write(string day, string text) => File.AppendAllText(Path.Combine(cli.Home.Logs, $"sophon-node-{day}.log"), text);
}
