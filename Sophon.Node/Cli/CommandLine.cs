using System.CommandLine;
using System.CommandLine.Help;
using Sophon.Node.Cli.Audit;
using Sophon.Node.Cli.Doctor;
using Sophon.Node.Cli.Grants;
using Sophon.Node.Cli.Help;
using Sophon.Node.Cli.Logs;
using Sophon.Node.Cli.Pair;
using Sophon.Node.Cli.Pause;
using Sophon.Node.Cli.Policy;
using Sophon.Node.Cli.Service;
using Sophon.Node.Cli.Start;
using Sophon.Node.Cli.Status;
using Sophon.Node.Cli.Unpair;
using Sophon.Node.Cli.Update;
using Sophon.Node.Cli.Version;

namespace Sophon.Node.Cli;

/// <summary>The verbs of <c>sophon-node</c>.</summary>
static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context)
    {
        var result = Build(context).Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) context.Error.WriteLine(error.Message);
            var verb = result.CommandResult.Command is RootCommand ? "" : $" {result.CommandResult.Command.Name}";
            context.Error.WriteLine($"See 'sophon-node{verb} --help'.");
            return (int)ExitCode.Usage;
        }

        // Ctrl+C and SIGTERM are the host's: it drains. System.CommandLine would end the process after 2 s.
        return await result.InvokeAsync(new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    public static RootCommand Build(CliContext context)
    {
        var root = new RootCommand("Sophon Node: lets a Sophon Gateway drive this desktop.")
        {
            PairCommand.Create(context),
            StartCommand.Create(context),
            StatusCommand.Create(context),
            UnpairCommand.Create(context),
            VersionCommand.Create(context),
            DoctorCommand.Create(context),
            PauseCommand.CreatePause(context),
            PauseCommand.CreateResume(context),
            GrantCommand.Create(context),
            GrantsCommand.Create(context),
            PolicyCommand.Create(context),
            AuditCommand.Create(context),
            LogsCommand.Create(context),
            ServiceVerbs.Create(context),
            UpdateCommand.Create(context),
            NodeManual.CreateCompletion(context),
            NodeManual.CreateMan(context),
        };
        root.Options.OfType<VersionOption>().Single().Action = new VersionCommand.PrintVersion(context);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }
}
