using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Audit;
using Sophon.Node.Composition;
using Sophon.Node.Logging;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Pair;

/// <summary>One pairing in a host of its own, from the first poll to its end or Ctrl+C.</summary>
sealed class PairingRun(CliContext context, Installation installation)
{
    readonly TaskCompletionSource<ExitCode> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ExitCode> RunAsync(Uri gateway, string nodeId, string secret)
    {
        var settings = SettingsLoader.Load(context.Home, RunMode.Console);
        Log.Logger = NodeLog.Create(settings.Log, verbose: false, context.Home, context.Secrets);
        var reporter = new ConsoleReporter(context.Output, context.Error, installation.Identity.SavedTo);
        reporter.PairingStarts(gateway);

        using var audit = new AuditFiles(context.Home.Audit, TimeProvider.System);
        var auditor = new AuditRecorder(audit);
        using var host = NodeHost.Build(
            settings, installation, audit, Log.Logger, verbose: false,
            (akka, services) => akka.WithPairing(services),
            happened =>
            {
                reporter.On(happened);
                auditor.On(happened);
                if (CodeOf(happened) is { } code) ended.TrySetResult(code);
            });
        await host.StartAsync();
        using var interrupted = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            .Register(() => ended.TrySetResult(ExitCode.Interrupted));
        host.Services.GetRequiredService<IRequiredActor<NodeSupervisor>>().ActorRef
            .Tell(new PairingActorMessages.StartPairing(gateway, nodeId, secret), Akka.Actor.ActorRefs.NoSender);

        var result = await ended.Task;
        if (result == ExitCode.Interrupted)
            context.Error.WriteLine("Pairing stopped. The same command works again until its secret expires, 15 minutes after it was generated.");
        await host.StopAsync();
        return result;
    }

    static ExitCode? CodeOf(NodeEvents.INodeEvent happened) => happened switch
    {
        NodeEvents.Paired => ExitCode.Success,
        NodeEvents.PairingFailed failed => CodeOf(failed.Failure),
        NodeEvents.NodeFailed => ExitCode.Fault,
        _ => null,
    };

    public static ExitCode CodeOf(PairingFailure failure) => failure switch
    {
        PairingFailure.Rejected => ExitCode.PairingRejected,
        PairingFailure.Expired => ExitCode.PairingExpired,
        PairingFailure.Unauthorized => ExitCode.PairingUnauthorized,
        PairingFailure.ClaimedElsewhere => ExitCode.PairingClaimedElsewhere,
        PairingFailure.Unreachable => ExitCode.GatewayUnreachable,
        PairingFailure.Tls => ExitCode.GatewayTls,
        PairingFailure.NotAGateway => ExitCode.NotAGateway,
        PairingFailure.NotStored => ExitCode.TokenNotStored,
        _ => ExitCode.Fault,
    };
}
