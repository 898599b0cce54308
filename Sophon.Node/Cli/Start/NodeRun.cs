using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Audit;
using Sophon.Node.Composition;
using Sophon.Node.Composition.Windows;
using Sophon.Node.Logging;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Start;

/// <summary>The Node from its first line to its last.</summary>
sealed class NodeRun(CliContext context, ProgramSettings settings, Installation installation, NodeIdentity identity, RunMode mode, bool verbose)
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    ExitCode result = ExitCode.Success;

    public async Task<ExitCode> RunAsync()
    {
        Log.Logger = NodeLog.Create(settings.Log, verbose, context.Home, context.Secrets);
        var reporter = new ConsoleReporter(context.Output, context.Error, context.Identity.Location);
        using var recorder = new StatusRecorder(context.Home.Status, identity, TimeProvider.System, Log.Logger, mode);
        var manager = ServiceNotifier.FromEnvironment(identity, settings.Node.Heartbeat.SilenceLimit, TimeProvider.System, Log.Logger);
        reporter.NodeStarts(BuildInfo.Current.Version, identity);
        Log.Information("Sophon Node {Version} starts as {NodeId} for {Gateway}", BuildInfo.Current.Version, identity.Token.NodeId, identity.GatewayUrl);

        using var audit = new AuditFiles(context.Home.Audit, TimeProvider.System);
        var auditor = new AuditRecorder(audit);
        audit.Record(new AuditEntry("nodeStarted") { Sha256 = context.Policy.Current.Sha256, Detail = $"Sophon Node {BuildInfo.Current.Version} as {identity.Token.NodeId}" });
        IHostApplicationLifetime? lifetime = null;
        IHost? built = null;
        Action<NodeEvents.INodeEvent>? tellTray = null;
        using var host = NodeHost.Build(
            settings, installation, audit, Log.Logger, verbose,
            (akka, services) => akka.WithNode(services, message => EndAtOnce(message, recorder)),
            happened =>
            {
                recorder.On(happened);
                auditor.On(happened);
                reporter.On(happened);
                manager?.On(happened);
                LogLine(happened);
                tellTray?.Invoke(happened);
                if (CodeOf(happened) is not { } code) return;
                result = code;
                ServiceEnd.Announce(built!, code);
                lifetime!.StopApplication();
            });
        built = host;
        lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = lifetime.ApplicationStopping.Register(() =>
        {
            manager?.Stopping();
            context.Error.WriteLine("Stopping...");
        });
        await using var tray = await ShowTrayAsync(host.Services, lifetime);
        tellTray = tray is null ? null : tray.On;
        await host.RunAsync();
        audit.Record(new AuditEntry("nodeStopped") { Detail = result.ToString() });
        Log.Information("Sophon Node stopped: {Result}", result);
        return result;
    }

    Task<ITrayPresence?> ShowTrayAsync(IServiceProvider services, IHostApplicationLifetime lifetime) =>
        mode == RunMode.Console && OperatingSystem.IsWindows() && services.GetRequiredService<NodeServices>().Desktop is WindowsDesktop desktop
            ? TrayPresence.ShowAsync(desktop, context, identity, lifetime.StopApplication, Log.Logger)
            : Task.FromResult<ITrayPresence?>(null);

    // Nothing of the host can be waited for: whatever made the tree hang may hang what stops it too, or what is written here.
    void EndAtOnce(string message, StatusRecorder recorder)
    {
        var telling = new Thread(() =>
        {
            Log.Fatal("{Message}", message);
            context.Error.WriteLine(message);
            recorder.On(new NodeEvents.NodeFailed(message));
            Log.CloseAndFlush();
        })
        { IsBackground = true };
        telling.Start();
        telling.Join(LastWords);
        Environment.Exit((int)ExitCode.Fault);
    }

    // What the console says belongs into the log too: a service has no console.
    static void LogLine(NodeEvents.INodeEvent happened)
    {
        var log = Log.ForContext(NodeLog.Told, true);
        switch (happened)
        {
            case NodeEvents.ConnectedToGateway: log.Information("Connected to Gateway via SignalR"); break;
            case NodeEvents.ConnectionRefused refused: log.Error("Refused ({Reason}): {Message}", refused.Reason, refused.Message); break;
            case NodeEvents.NodeFailed failed: log.Error("{Message}", failed.Message); break;
            case NodeEvents.PolicyUpdated { Fault: { } fault }: log.Error("The policy can't be used, and everything is denied: {Fault}", fault); break;
            case NodeEvents.PolicyUpdated: log.Information("The policy was read anew"); break;
            case NodeEvents.PauseUpdated { Pause: { } pause }: log.Warning("Paused by {Who}", pause.By); break;
            case NodeEvents.PauseUpdated: log.Information("Resumed"); break;
            case NodeEvents.DesktopChanged desktop: Log.Information("Desktop: {Desktop} ({Reason})", desktop.Desktop, desktop.Reason ?? "the only one"); break;
            case NodeEvents.ClockSkewed skewed: log.Warning("{Message}", ConsoleReporter.Skew(skewed.Difference)); break;
        }
    }

    static ExitCode? CodeOf(NodeEvents.INodeEvent happened) => happened switch
    {
        NodeEvents.ConnectionRefused { Reason: DisconnectReasons.Revoked } => ExitCode.Revoked,
        NodeEvents.ConnectionRefused { Reason: DisconnectReasons.Superseded } => ExitCode.Superseded,
        NodeEvents.ConnectionRefused => ExitCode.Refused,
        NodeEvents.PairingFailed => ExitCode.Settings,
        NodeEvents.NodeFailed => ExitCode.Fault,
        _ => null,
    };
}
