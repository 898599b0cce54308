using Sophon.Operations.Services;

namespace Sophon.Node.Tests.Operations.Services;

/// <summary>A service with a name, a path and a value that need care everywhere.</summary>
static class ServicePlans
{
    public static ServiceDefinition Awkward(string program = "/opt/so phon/100%/$x/sophon-node") =>
        new("sophon-node", "dev.sophon.node", "SophonNode", "Sophon Node: <drives> & \"tests\"", [program, "start", "--service"])
        {
            Environment = new Dictionary<string, string> { ["SOPHON_NODE_HOME"] = "/home/an na/50%\\<&>\"$HOME\"" },
            FinalExitCodes = [3, 20],
            Watchdog = TimeSpan.FromSeconds(80),
            NeedsDesktop = true,
            ChildrenOutlive = true,
            StateFolder = "/tmp/state",
        };

    public static string ContentOf(this IServiceManager manager, string ending) =>
        manager.Plan(ServiceVerb.Install).OfType<WriteFile>().Single(file => file.Path.EndsWith(ending, StringComparison.Ordinal)).Content;

    public static string[] Commands(this IServiceManager manager, ServiceVerb verb) => [.. manager.Plan(verb).OfType<RunProgram>().Select(run => run.ToString())];
}
