using System.CommandLine;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Cli.Help;
using Sophon.Node.Composition;
using Sophon.Node.Connection;
using Sophon.Node.Gateway;
using Sophon.Node.Settings;
using Spectre.Console;

namespace Sophon.Node.Cli.Doctor;

/// <summary><c>sophon-node doctor</c>: what this machine lacks, each with its cure.</summary>
static class DoctorCommand
{
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var gateway = new Option<string?>("--gateway") { Description = "Look at this Gateway instead of the paired one.", HelpName = "url" };
        var fix = new Option<bool>("--fix") { Description = "Install the helpers that are missing (apt, dnf, pacman, brew). Shows the command and asks first." };
        var yes = new Option<bool>("--yes", "-y") { Description = "With --fix: do not ask." };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --fix: only show the command." };
        var command = new ExampleCommand(
            "doctor", "Looks at the session, its helpers, the files and the Gateway, and says how to cure what is wrong. Exit code 1 when something is.",
            ("sophon-node doctor", "a table"),
            ("sophon-node doctor --gateway https://gw.example.com", "before pairing"),
            ("sophon-node doctor --json | jq '.findings[] | select(.verdict == \"bad\")'", "for scripts"),
            ("sophon-node doctor --fix", "installs what is missing, after asking; --dry-run shows it only"))
        { json, gateway, fix, yes, dryRun };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(fix) && (result.GetValue(yes) || result.GetValue(dryRun))) result.AddError("--yes and --dry-run belong to --fix.");
            if (result.GetValue(fix) && result.GetValue(json)) result.AddError("--fix talks to people: leave out --json.");
        });
        command.SetAction((result, cancellationToken) => context.RunAsync(async () =>
            result.GetValue(fix) && await FixAsync(context, result.GetValue(yes), result.GetValue(dryRun), cancellationToken) is { } failed ? failed
            : result.GetValue(dryRun) ? ExitCode.Success
            : await RunAsync(context, result.GetValue(json), result.GetValue(gateway))));
        return command;
    }

    static async Task<ExitCode?> FixAsync(CliContext context, bool yes, bool dryRun, CancellationToken cancellationToken)
    {
        await using var desktop = DesktopSelection.Pick(LoadSettings(context).Desktop, context.Home);
        var missing = (await desktop.CheckAsync(cancellationToken)).Select(check => check.MissingTool).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return await new HelperFix(context).RunAsync(missing, yes, dryRun, cancellationToken);
    }

    static async Task<ExitCode> RunAsync(CliContext context, bool asJson, string? gatewayText)
    {
        Uri? other = null;
        if (gatewayText is not null && !GatewayAddress.TryParse(gatewayText, out other, out var fault)) return context.Fail(ExitCode.Usage, fault);
        if (context.Input is not null && !asJson) context.Error.WriteLine("Looking at session, helpers, files and Gateway...");

        await using var desktop = DesktopSelection.Pick(LoadSettings(context).Desktop, context.Home);
        List<Finding> findings = [.. await SessionChecks.RunAsync(Environment.GetEnvironmentVariable, desktop)];
        findings.AddRange(FileChecks.Run(context.Home, context.Identity));
        findings.AddRange(await GatewayAsync(context, other));

        var report = new DoctorReport(findings.TrueForAll(finding => finding.Verdict != Verdict.Bad), findings);
        if (asJson) context.Output.WriteLine(DoctorPrinter.Json(report));
        else if (context.Input is not null) DoctorPrinter.Table(report, AnsiConsole.Console);
        else foreach (var line in DoctorPrinter.Lines(report)) context.Output.WriteLine(line);
        return report.Healthy ? ExitCode.Success : ExitCode.Problem;
    }

    static async Task<IReadOnlyList<Finding>> GatewayAsync(CliContext context, Uri? other)
    {
        var (identity, settings) = (LoadIdentity(context), LoadSettings(context).Node);
        if ((other ?? identity?.GatewayUrl) is not { } gateway)
            return [Finding.Note("gateway", "reachable", "not tried: no Gateway is known yet", "sophon-node doctor --gateway https://…")];

        var http = new GatewayHttp(LoadTrust(context));
        using var client = http.CreateClient(settings.Pairing.RequestTimeout);
        var token = identity is not null && identity.GatewayUrl == gateway ? identity.Token : null;
        return await new GatewayChecks(client, () => http.CertificateProblem, TimeProvider.System).RunAsync(gateway, token, settings.Gateway.TokenInQuery);
    }

    // What is wrong with the files has a line of its own already.
    static NodeIdentity? LoadIdentity(CliContext context)
    {
        try
        {
            return context.Identity.Load();
        }
        catch (IdentityStoreException)
        {
            return null;
        }
    }

    static GatewayTrust LoadTrust(CliContext context)
    {
        try
        {
            return GatewayTrust.Load(ConnectionFile.Read(context.Home));
        }
        catch (SettingsException)
        {
            return GatewayTrust.OfThisSystem;
        }
    }

    static (NodeSettings Node, DesktopSettings Desktop) LoadSettings(CliContext context)
    {
        try
        {
            var settings = SettingsLoader.Load(context.Home, RunMode.Console);
            return (settings.Node, settings.Desktop);
        }
        catch (SettingsException)
        {
            return (new NodeSettings(), new DesktopSettings());
        }
    }
}
