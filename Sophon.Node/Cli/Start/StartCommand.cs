using System.CommandLine;
using Sophon.Node.Cli.Help;
using Sophon.Node.Composition;
using Sophon.Node.Composition.Windows;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Start;

/// <summary><c>sophon-node start</c>: connects, and stays connected until Ctrl+C, SIGTERM or a final refusal.</summary>
static class StartCommand
{
    public static Command Create(CliContext context)
    {
        var service = new Option<bool>("--service") { Description = "Headless: the log goes to files only." };
        var verbose = new Option<bool>("--verbose") { Description = "The whole log on standard error." };
        var command = new ExampleCommand(
            "start", "Connects this Node to its Gateway and carries out what the Gateway asks for.",
            ("sophon-node start", "in a terminal of the desktop that is driven"),
            ("sophon-node start --service", "under a service manager"),
            ("sophon-node start --verbose 2> node.log", "to find out why something does not work"))
        { service, verbose };
        command.SetAction(async (result, _) =>
        {
            var mode = result.GetValue(service) ? RunMode.Service : RunMode.Console;
            return ServiceEnd.Told(await context.RunAsync(() => StartAsync(context, mode, result.GetValue(verbose))), mode, Environment.GetEnvironmentVariable);
        });
        return command;
    }

    static async Task<ExitCode> StartAsync(CliContext context, RunMode mode, bool verbose)
    {
        if (mode == RunMode.Service && OperatingSystem.IsWindows() && OwnConsole.TryLeave()) context = context with { Output = TextWriter.Null, Error = TextWriter.Null };
        var settings = SettingsLoader.Load(context.Home, mode);
        if (context.Policy.Current.Fault is { } fault) return context.Fail(ExitCode.Settings, $"{fault} The Node does not start without a valid policy. Correct it: sophon-node policy check");
        if (context.Identity.Load() is not { } identity)
            return context.Fail(ExitCode.NotPaired, $"This machine is not paired ({context.Identity.Location} is missing). Register it in the Dashboard (Settings → Devices → Add Node), and run the command that it shows: sophon-node pair --gateway … --node-id … --secret …");

        var connection = ConnectionFile.Read(context.Home);
        if (GatewayAddress.IsInsecure(identity.GatewayUrl) && !connection.AllowInsecureHttp)
            return context.Fail(ExitCode.Settings, $"{GatewayAddress.Show(identity.GatewayUrl)} is plain http to another machine: the token would travel in the clear. Put the Gateway behind https and pair with that address; where the network itself is trusted, pair with --allow-insecure-http.");
        var installation = new Installation(context.Home, context.Secrets, context.Identity, GatewayTrust.Load(connection));

        using var held = NodeLock.TryTake(context.Home);
        if (held is null) return context.Fail(ExitCode.AlreadyRunning, $"A Node runs already on {NodeHome.Show(context.Home.Folder)}{Holder(context)}");
        return await new NodeRun(context, settings, installation, identity, mode, verbose).RunAsync();
    }

    // Two with the same identity would disconnect each other, so the second one stays out.
    static string Holder(CliContext context) => NodeStatus.Read(context.Home.Status) switch
    {
        { Mode: RunMode.Service } service => $" as a service (pid {service.ProcessId}). See what it does: sophon-node logs -f. To have it in this terminal instead: sophon-node service stop, then this again.",
        { } other => $" (pid {other.ProcessId}). Stop it first: two with the same identity would disconnect each other.",
        null => ". Stop it first: two with the same identity would disconnect each other.",
    };
}
