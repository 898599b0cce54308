using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Composition;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Start;

/// <summary>The Node from its first line to its last.</summary>
sealed class NodeRun(CliContext context, ProgramSettings settings, NodeIdentity identity, bool verbose)
{
    ExitCode result = ExitCode.Success;

    public async Task<ExitCode> RunAsync()
    {
        Log.Logger = NodeLog.Create(settings.Log, verbose, context.Home, context.Secrets);
        var reporter = new ConsoleReporter(context.Output, context.Error, context.Identity.Location);
        using var recorder = new StatusRecorder(context.Home.Status, identity, TimeProvider.System, Log.Logger);
        reporter.NodeStarts(BuildInfo.Current.Version, identity);
        Log.Information("Sophon Node {Version} starts as {NodeId} for {Gateway}", BuildInfo.Current.Version, identity.Token.NodeId, identity.GatewayUrl);

        IHostApplicationLifetime? lifetime = null;
        using var host = NodeHost.Build(
            settings, context.Home, context.Secrets, Log.Logger, verbose,
            (akka, services) => akka.WithNode(services),
            happened =>
            {
                recorder.On(happened);
                reporter.On(happened);
                LogLine(happened);
                if (CodeOf(happened) is not { } code) return;
                result = code;
                lifetime!.StopApplication();
            });
        lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = lifetime.ApplicationStopping.Register(() => context.Error.WriteLine("Stopping..."));
        await host.RunAsync();
        Log.Information("Sophon Node stopped: {Result}", result);
        return result;
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
