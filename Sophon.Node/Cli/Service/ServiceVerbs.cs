using System.CommandLine;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;
using Sophon.Operations.Services;

namespace Sophon.Node.Cli.Service;

/// <summary><c>sophon-node service …</c>: the Node under the service manager of this system.</summary>
static class ServiceVerbs
{
    static readonly Option<bool> Linger = new("--linger") { Description = "Linux: start at boot, before anybody logs in (loginctl enable-linger)." };
    static readonly Option<bool> OfMachine = new("--windows-service") { Description = "Windows: a service of the machine instead of a task at logon. It has no desktop, and takes an administrator." };

    public static Command Create(CliContext context) =>
        new ServiceCommand(
            "sophon-node",
            (name, description, examples) => new ExampleCommand(name, description, examples),
            (verb, parsed, dryRun, cancellationToken) => context.RunAsync(() => RunAsync(context, verb, parsed, dryRun, cancellationToken)))
        .Create("Lets the system start this Node by itself and keep it running: systemd, launchd, or the Task Scheduler.", [OfMachine], [Linger]);

    static async Task<ExitCode> RunAsync(CliContext context, ServiceVerb verb, ParseResult parsed, bool dryRun, CancellationToken cancellationToken)
    {
        var manager = NodeService.Manager(context.Home, parsed.GetValue(OfMachine), verb == ServiceVerb.Install && parsed.GetValue(Linger));
        var runner = new ServiceRunner(context.Output);
        if (dryRun)
        {
            context.Output.WriteLine($"# {manager.Name}");
            runner.Show(manager.Plan(verb));
            if (manager.Obstacle is { } obstacle) context.Output.WriteLine($"# But now: {obstacle}");
            return ExitCode.Success;
        }

        if (Refusal(context, manager, verb) is { } refusal) return refusal;
        var code = await runner.RunAsync(manager.Plan(verb), cancellationToken);
        if (verb == ServiceVerb.Status) return code == 0 ? ExitCode.Success : ExitCode.NotRunning;
        context.Output.WriteLine(Done(verb));
        if (verb == ServiceVerb.Install) foreach (var note in manager.Notes) context.Output.WriteLine(note);
        return ExitCode.Success;
    }

    /// <summary>What would let the service end at once, told before anything is changed.</summary>
    static ExitCode? Refusal(CliContext context, IServiceManager manager, ServiceVerb verb)
    {
        if (manager.Obstacle is { } obstacle) return context.Fail(ExitCode.ServiceFailed, obstacle);
        if (verb is ServiceVerb.Start or ServiceVerb.Restart && !manager.IsInstalled && !OperatingSystem.IsWindows())
            return context.Fail(ExitCode.ServiceFailed, "There is no such service yet: sophon-node service install");
        if (verb is not (ServiceVerb.Install or ServiceVerb.Start or ServiceVerb.Restart)) return null;
        if (context.Identity.Load() is null)
            return context.Fail(ExitCode.NotPaired, "This machine is not paired, so the service would end at once. Pair it first: sophon-node pair --help");
        return NodeLock.IsHeld(context.Home) && NodeStatus.Read(context.Home.Status) is { Mode: RunMode.Console } other
            ? context.Fail(ExitCode.AlreadyRunning, $"A Node runs in a terminal (pid {other.ProcessId}), and two with one identity would disconnect each other. End it there with Ctrl+C, then run this again.")
            : null;
    }

    static string Done(ServiceVerb verb) => verb switch
    {
        ServiceVerb.Install => "Installed and started. See how it fares: sophon-node status, sophon-node logs -f",
        ServiceVerb.Start => "Started. See how it fares: sophon-node status",
        ServiceVerb.Stop => "Stopped until the next login or boot.",
        ServiceVerb.Restart => "Restarted. See how it fares: sophon-node status",
        _ => "Uninstalled. Pairing, settings and logs stay.",
    };
}
