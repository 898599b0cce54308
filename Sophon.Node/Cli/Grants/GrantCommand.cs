using System.CommandLine;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Cli.Help;
using Sophon.Node.Policy;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Grants;

/// <summary><c>sophon-node grant system.execute --for 10m</c>: lets programs run for a while without a question.</summary>
static class GrantCommand
{
    public static Command Create(CliContext context)
    {
        var scope = new Argument<string>("scope") { Description = "system.execute: the only one that needs a grant on the Node. Covers app.launch by path too." };
        var duration = new Option<string>("--for") { Description = "How long: 30s, 10m, 2h; at most 24h.", HelpName = "duration", Required = true };
        var program = new Option<string?>("--program") { Description = "Only programs whose full path this pattern covers (* any characters, ? one).", HelpName = "pattern" };
        var command = new ExampleCommand(
            "grant", "Lets the Gateway run programs on this machine for a while without asking the person at the desktop. Widens neither a deny of policy.conf nor anything of the administrator's policy. A restart of the machine ends it.",
            ("sophon-node grant system.execute --for 10m", "any program that policy.conf does not forbid"),
            ("sophon-node grant system.execute --for 2h --program '/usr/bin/git'", "git only"))
        { scope, duration, program };
        command.SetAction((result, _) => context.RunAsync(() => Task.FromResult(
            Give(context, result.GetRequiredValue(scope), result.GetRequiredValue(duration), result.GetValue(program)))));
        return command;
    }

    static ExitCode Give(CliContext context, string scope, string durationText, string? program)
    {
        if (scope != Scopes.SystemExecute) return context.Fail(ExitCode.Usage, $"Only {Scopes.SystemExecute} needs a grant on the Node, not {scope}. Other scopes are granted in the Dashboard, and narrowed in policy.conf.");
        if (!SettingValues.TryReadDuration(durationText, out var duration) || duration < TimeSpan.FromSeconds(1) || duration > Grant.Longest)
            return context.Fail(ExitCode.Usage, $"--for takes 1s to {SettingValues.Show(Grant.Longest)} with its unit, for instance 10m; not \"{durationText}\". What is to hold for good belongs into policy.conf.");
        if (program is not null && !Path.IsPathRooted(program) && !program.StartsWith('*'))
            return context.Fail(ExitCode.Usage, $"--program takes a pattern over the full path, for instance /usr/bin/{program}");

        var policy = context.Policy;
        var grant = Grant.Create(policy.Clock, duration, program, null, CliContext.User);
        GrantFiles.Add(context.Home, grant, policy.Clock);
        context.Record(new AuditEntry("granted") { By = CliContext.User, Program = program, Detail = $"{grant.Id}: {scope} for {SettingValues.Show(duration)}" });
        context.Output.WriteLine($"Granted until {grant.ExpiresAt.ToLocalTime():yyyy-MM-dd HH:mm:ss} (or until the machine restarts): {scope}, {GrantsCommand.What(grant)}.");
        context.Output.WriteLine($"End it sooner: sophon-node grants revoke {grant.Id}");
        return ExitCode.Success;
    }
}
