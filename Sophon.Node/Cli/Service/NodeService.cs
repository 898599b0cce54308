using Sophon.Node.Composition;
using Sophon.Node.Files;
using Sophon.Node.Settings;
using Sophon.Operations.Services;

namespace Sophon.Node.Cli.Service;

/// <summary>This Node as its service manager sees it.</summary>
static class NodeService
{
    public const string LaunchdLabel = "dev.sophon.node";

    /// <summary>Beyond draining: the host's own end.</summary>
    static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);

    /// <summary>How to reach the Gateway and where the files lie: what the session knows and a service manager does not.</summary>
    static readonly string[] KeptVariables =
        [NodeHome.Variable, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "DOTNET_ROOT"];

    public static IServiceManager Manager(NodeHome home, bool ofMachine = false, bool linger = false) =>
        ServiceManagers.Pick(Definition(home, Environment.GetEnvironmentVariable, ofMachine && OperatingSystem.IsWindows()), ofMachine && OperatingSystem.IsWindows(), linger);

    /// <param name="ofMachine">Runs for another account, whose home is not this one's.</param>
    public static ServiceDefinition Definition(NodeHome home, Func<string, string?> environment, bool ofMachine)
    {
        var settings = SettingsLoader.Load(home, RunMode.Service).Node;
        var variables = KeptVariables.Where(name => !string.IsNullOrEmpty(environment(name))).ToDictionary(name => name, name => environment(name)!);
        if (ofMachine || variables.ContainsKey(NodeHome.Variable)) variables[NodeHome.Variable] = home.Folder;
        return new ServiceDefinition(
            "sophon-node", LaunchdLabel, "SophonNode", "Sophon Node: lets a Sophon Gateway drive this desktop",
            ServiceManagers.OwnCommandLine(BuildInfo.AssemblyFile, "start", "--service"))
        {
            Environment = variables,
            FinalExitCodes = [.. Enum.GetValues<ExitCode>().Where(code => code.IsFinal()).Select(code => (int)code)],
            StopWithin = settings.Commands.DrainTimeout + StopMargin,

            // It is fed after each round trip through the actors: two may be late before it counts.
            Watchdog = 2 * (settings.Watchdog.Interval + settings.Watchdog.Limit),
            NeedsDesktop = true,
            ChildrenOutlive = true,
            StateFolder = home.State,
        };
    }
}
