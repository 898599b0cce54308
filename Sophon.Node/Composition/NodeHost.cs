using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Extensions.Logging;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Logging;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Policy;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Composition;

/// <summary>The composition root: the tree, the adapters that it reaches the world through, and the host that carries both.</summary>
static class NodeHost
{
    /// <summary>What the host may take to stop beyond draining: the actor system's own end, and the last writes.</summary>
    static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    static readonly TimeSpan DrainMargin = TimeSpan.FromSeconds(3);

    /// <summary>Not started.</summary>
    /// <param name="plant">Puts the whole tree or only pairing into the actor system.</param>
    /// <param name="onEvent">Called for each event of the tree, one at a time.</param>
    public static IHost Build(
        ProgramSettings settings, Installation installation, IAuditLog audit, ILogger log, bool verbose,
        Func<AkkaConfigurationBuilder, NodeServices, AkkaConfigurationBuilder> plant, Action<NodeEvents.INodeEvent> onEvent)
    {
        // Empty: no appsettings.json, no environment, no event log. The settings are HOCON, and each source would cost start-up and memory.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ApplicationName = "sophon-node" });
        builder.Services
            .AddSerilog(log)
            .Configure<HostOptions>(options => options.ShutdownTimeout = settings.Node.Commands.DrainTimeout + StopMargin)
            .Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true)

            // Takes effect only when the service manager of Windows has started this process.
            .AddWindowsService(options => options.ServiceName = "SophonNode")
            .AddSingleton(_ => Services(settings.Node, settings.Desktop, installation, audit, log))
            .AddAkka("sophon-node", (akka, provider) =>
            {
                akka.AddHocon(Hocon(settings, verbose), HoconAddMode.Replace);
                akka.WithEventsTo(onEvent, tree => plant(tree, provider.GetRequiredService<NodeServices>()));
            });

        // After Akka: it tells the tree's event stream.
        builder.Services.AddHostedService(provider => new DesktopWatch(provider.GetRequiredService<NodeServices>().Desktop, provider.GetRequiredService<ActorSystem>()));
        return builder.Build();
    }

    static NodeServices Services(NodeSettings settings, DesktopSettings desktop, Installation installation, IAuditLog audit, ILogger log)
    {
        var (home, http) = (installation.Home, new GatewayHttp(installation.Trust));
        var screen = DesktopSelection.Pick(desktop, home);
        var pairing = http.CreateClient(settings.Pairing.RequestTimeout);
        return new NodeServices(
            settings,
            BuildInfo.Facts,
            installation.Identity,
            new HttpPairingClient(pairing, () => http.CertificateProblem, installation.Secrets, TimeProvider.System),
            new SignalRGatewayHubFactory(settings.Gateway, http, new HubLoggerProvider(new SerilogLoggerProvider(log))),
            screen,
            DesktopSelection.PickEncoder(),
            new PolicyFiles(home, AdministratorPolicy.OfThisMachine(), TimeProvider.System),
            new ProgramLocator(),
            ConsentSelection.Pick(screen),
            audit,
            TimeProvider.System,
            new JournalFile(home.Journal, NodeHome.Show(home.Journal), settings.Journal.Sync));
    }

    static Config Hocon(ProgramSettings settings, bool verbose)
    {
        var drain = (settings.Node.Commands.DrainTimeout + DrainMargin).TotalMilliseconds;
        return ConfigurationFactory.ParseString(FormattableString.Invariant($$"""
            akka.coordinated-shutdown.phases.before-service-unbind.timeout = {{drain:0}}ms
            {{(verbose ? "akka.loglevel = DEBUG" : "")}}
            """)).WithFallback(settings.Hocon);
    }
}
