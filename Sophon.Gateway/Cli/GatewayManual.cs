using System.CommandLine;
using System.Globalization;
using Sophon.Gateway.Hosting;
using Sophon.Operations.CommandLine;

namespace Sophon.Gateway.Cli;

/// <summary>What a shell and <c>man</c> know of the program, made from the verbs themselves.</summary>
static class GatewayManual
{
    const string Program = "sophon-gateway";

    public static void AddTo(RootCommand root)
    {
        var man = GatewayService.MakeVerb("man", "Print the manual page.", [("sophon-gateway man | man -l -", "read it")]);
        man.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(Render(root)));
        root.Subcommands.Add(ShellCompletion.CreateVerb(Program, Console.Out, GatewayService.MakeVerb));
        root.Subcommands.Add(man);
    }

    public static string Render(RootCommand root) => new ManPage(Program, GatewayVersion.Text, _ => []).Render(
        root,
        new[]
        {
            (ExitCodes.Ok, "Done."), (ExitCodes.Failed, "The command failed, or was refused."), (ExitCodes.Usage, "The command line makes no sense."),
            (ExitCodes.Unavailable, "The Gateway can't be reached, or can't start."), (ExitCodes.Unauthorized, "The token is missing, wrong or not enough."),
            (ExitCodes.Fault, "A fault of the program's own."),
        }.Select(code => (code.Item1.ToString(CultureInfo.InvariantCulture), code.Item2)),
        [("~/.sophon-gateway/", "Data, keys and logs; /var/lib/sophon-gateway/ as a service of the machine.")],
        [
            (DataFolder.HomeVariable, "The data folder."),
            ("SOPHON_GATEWAY_URL, SOPHON_GATEWAY_TOKEN", "The Gateway and the API token of the verbs that talk to a running Gateway."),
            ("Gateway__NAME", "A setting, e.g. Gateway__PublicUrl."),
        ]);
}
