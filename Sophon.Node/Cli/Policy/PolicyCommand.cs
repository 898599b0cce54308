using System.CommandLine;
using System.Text.Json;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;
using Sophon.Node.Policy;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Policy;

/// <summary><c>sophon-node policy show｜check</c>: what this Node allows, and whether a policy.conf is valid.</summary>
static class PolicyCommand
{
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var show = new ExampleCommand(
            "show", "Shows the policies that hold, and what they make of each command. The Gateway's scopes come on top.",
            ("sophon-node policy show", "for people"),
            ("sophon-node policy show --json | jq '.commands[] | select(.decision == \"deny\")'", "for scripts"))
        { json };
        show.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Show(context, result.GetValue(json)))));

        var file = new Argument<string?>("file") { Description = "A policy.conf that is not in place yet.", Arity = ArgumentArity.ZeroOrOne };
        var check = new ExampleCommand(
            "check", "Checks the policies of this Node, or a file before it is put in place. Exit code 3 when something is wrong.",
            ("sophon-node policy check", "the ones that hold"),
            ("sophon-node policy check ./policy.conf", "before copying it"))
        { file };
        check.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Check(context, result.GetValue(file)))));

        return new ExampleCommand("policy", "Shows or checks what this Node allows (docs/permissions.md).", ("sophon-node policy show", "what holds now")) { show, check };
    }

    static ExitCode Check(CliContext context, string? file)
    {
        if (file is not null)
        {
            var text = PolicyText.Read(file, file) ?? throw new SettingsException($"{file} does not exist.");
            new PolicyReader(file, Strictness.Ask).Read(text);
            context.Output.WriteLine($"{file} is valid.");
            return ExitCode.Success;
        }

        if (context.Policy.Current.Fault is { } fault) return context.Fail(ExitCode.Settings, fault);
        foreach (var (name, place, there) in Places(context)) context.Output.WriteLine($"{place}: {(there ? "valid" : $"none ({name})")}");
        return ExitCode.Success;
    }

    static ExitCode Show(CliContext context, bool asJson)
    {
        var policy = context.Policy;
        if (policy.Current.Fault is { } fault) return context.Fail(ExitCode.Settings, fault);
        var report = PolicyReport.Of(policy.Current, policy.Clock);
        if (asJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(report, PolicyReportJson.Default.PolicyReport));
            return ExitCode.Success;
        }

        foreach (var (name, place, there) in Places(context)) context.Output.WriteLine($"{name + ":",-23} {place}{(there ? "" : " (none)")}");
        context.Output.WriteLine($"{"Paused:",-23} {(report.Paused is { } pause ? $"by {pause.By} since {pause.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}" : "no")}");
        context.Output.WriteLine($"{"Grants in force:",-23} {report.GrantsInForce}");
        context.Output.WriteLine();
        foreach (var line in report.Commands) context.Output.WriteLine($"{line.Command,-23} {line.Decision,-6} {line.Rule}".TrimEnd());
        context.Output.WriteLine("(app.launch by path is decided like system.execute)");
        if (report.Rules.Count > 0) context.Output.WriteLine("\nBy parameter or program:");
        foreach (var rule in report.Rules) context.Output.WriteLine($"  {rule}");
        return ExitCode.Success;
    }

    static IEnumerable<(string Name, string Place, bool There)> Places(CliContext context)
    {
        var policy = context.Policy.Current.Policy;
        yield return ("Administrator's policy", AdministratorPolicy.OfThisMachine().Path, policy.Administrator is not null);
        yield return ("User's policy", NodeHome.Show(context.Home.Policy), File.Exists(context.Home.Policy));
    }
}
