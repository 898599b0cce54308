using System.CommandLine;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Cli.Help;
using Sophon.Node.Policy;

namespace Sophon.Node.Cli.Pause;

/// <summary><c>sophon-node pause</c> and <c>resume</c>: takes the desktop out of the Gateway's hands, and gives it back.</summary>
static class PauseCommand
{
    public static Command CreatePause(CliContext context)
    {
        var command = new ExampleCommand(
            "pause", "Stops all that drives or sees this desktop, within 2 s, until resume; what runs is ended, keys and buttons that it holds are released. The Node stays online. Outlives a restart.",
            ("sophon-node pause", "at once, without asking"));
        command.SetAction((_, _) => context.RunAsync(() => Task.FromResult(Pause(context))));
        return command;
    }

    public static Command CreateResume(CliContext context)
    {
        var command = new ExampleCommand("resume", "Ends a pause.", ("sophon-node resume", "takes effect within 2 s"));
        command.SetAction((_, _) => context.RunAsync(() => Task.FromResult(Resume(context))));
        return command;
    }

    static ExitCode Pause(CliContext context)
    {
        if (PauseFile.Read(context.Home) is { } earlier)
        {
            context.Output.WriteLine($"Paused already, by {earlier.By} at {earlier.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}.");
            return ExitCode.Success;
        }

        PauseFile.Write(context.Home, new Actors.Policy.Pause(DateTimeOffset.UtcNow, Environment.UserName));
        context.Record(new AuditEntry("paused") { By = CliContext.User });
        context.Output.WriteLine("Paused: everything but facts about the machine is answered \"paused\". End it: sophon-node resume");
        return ExitCode.Success;
    }

    static ExitCode Resume(CliContext context)
    {
        if (PauseFile.Read(context.Home) is null)
        {
            context.Output.WriteLine("The Node is not paused.");
            return ExitCode.Success;
        }

        PauseFile.Delete(context.Home);
        context.Record(new AuditEntry("resumed") { By = CliContext.User });
        context.Output.WriteLine("Resumed.");
        return ExitCode.Success;
    }
}
