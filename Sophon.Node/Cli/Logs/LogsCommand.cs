using System.CommandLine;
using Serilog.Events;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;

namespace Sophon.Node.Cli.Logs;

/// <summary><c>sophon-node logs</c>: what the log files say, and what comes.</summary>
static class LogsCommand
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static Command Create(CliContext context)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is written, until Ctrl+C." };
        var lines = new Option<int>("--lines", "-n") { Description = "How many entries from the end; 0 for all.", DefaultValueFactory = _ => 50 };
        var level = new Option<string>("--level") { Description = "Only entries from this level on: debug, information, warning, error.", DefaultValueFactory = _ => "debug" };
        level.AcceptOnlyFromAmong("debug", "information", "warning", "error");
        lines.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 0) result.AddError("--lines takes 0 or more."); });
        var command = new ExampleCommand(
            "logs", "Shows the log files of this Node.",
            ("sophon-node logs -f", "what happens now"),
            ("sophon-node logs --level warning -n 0", "all warnings and errors that are kept"))
        { follow, lines, level };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(() => RunAsync(
            context, parsed.GetValue(follow), parsed.GetValue(lines), Enum.Parse<LogEventLevel>(parsed.GetValue(level)!, ignoreCase: true), cancellationToken)));
        return command;
    }

    static async Task<ExitCode> RunAsync(CliContext context, bool follow, int count, LogEventLevel least, CancellationToken cancellationToken)
    {
        var folder = context.Home.Logs;
        if (LogFollower.Files(folder) is not [var oldest, ..])
        {
            if (!follow) return context.Fail(ExitCode.Problem, $"There are no logs in {NodeHome.Show(folder)} yet: no Node has run here.");
            oldest = null;
        }

        var entries = new LogEntries(least);
        using var follower = new LogFollower(folder);
        foreach (var line in Tail(follower.ReadLines(oldest).Where(entries.Shows), count)) context.Output.WriteLine(line);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ending = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupt.Cancel();
        });
        while (follow && !interrupt.IsCancellationRequested)
        {
            foreach (var line in follower.ReadLines().Where(entries.Shows)) context.Output.WriteLine(line);
            context.Output.Flush();
            await Task.Delay(Look, interrupt.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return ExitCode.Success;
    }

    /// <summary>The last entries, each with the lines that belong to it.</summary>
    static Queue<string> Tail(IEnumerable<string> lines, int count)
    {
        var (kept, heads) = (new Queue<string>(), 0);
        foreach (var line in lines)
        {
            kept.Enqueue(line);
            if (!LogEntries.IsHead(line) || count == 0) continue;
            heads++;
            while (heads > count || !LogEntries.IsHead(kept.Peek()))
            {
                if (LogEntries.IsHead(kept.Dequeue())) heads--;
            }
        }

        return kept;
    }
}
