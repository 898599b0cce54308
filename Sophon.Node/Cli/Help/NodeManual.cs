using System.CommandLine;
using System.Globalization;
using Sophon.Node.Composition;
using Sophon.Node.Files;
using Sophon.Operations.CommandLine;

namespace Sophon.Node.Cli.Help;

/// <summary>What a shell and <c>man</c> know of the program, made from the verbs themselves.</summary>
static class NodeManual
{
    const string Program = "sophon-node";

    static readonly (string, string)[] Files =
    [
        ("~/.sophon-node/config.json", "Gateway and token, for nobody else's eyes."),
        ("~/.sophon-node/node.conf", "Settings, optional."),
        ("~/.sophon-node/policy.conf, /etc/sophon-node/policy.conf", "What this Node may do: yours, and the administrator's beneath it."),
        ("~/.sophon-node/logs/", "A file a day; see \"sophon-node logs\"."),
        ("~/.sophon-node/audit/", "What was asked and what became of it; see \"sophon-node audit\"."),
        ("~/.config/systemd/user/sophon-node.service", "What \"sophon-node service install\" writes."),
    ];

    static readonly (string, string)[] Variables =
    [
        (NodeHome.Variable, "The folder that stands above as ~/.sophon-node."),
        ("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "The proxy on the way to the Gateway, for REST and WebSocket alike."),
        ("DISPLAY, WAYLAND_DISPLAY", "The desktop that is driven, on Linux."),
        ("NO_COLOR", "No colours."),
    ];

    static readonly Dictionary<ExitCode, string> Meanings = new()
    {
        [ExitCode.Success] = "Done; start: stopped on request; status: online.",
        [ExitCode.Problem] = "doctor found something; update --check: there is a newer version; a question was answered with no.",
        [ExitCode.Usage] = "The command line makes no sense.",
        [ExitCode.Settings] = "node.conf or config.json can't be used.",
        [ExitCode.NotPaired] = "This machine is not paired.",
        [ExitCode.AlreadyPaired] = "It is paired already.",
        [ExitCode.AlreadyRunning] = "A Node runs on the same folder.",
        [ExitCode.NotRunning] = "No Node runs.",
        [ExitCode.NotOnline] = "A Node runs, and is not online.",
        [ExitCode.PairingRejected] = "Rejected in the Dashboard.",
        [ExitCode.PairingExpired] = "The secret is older than 15 minutes.",
        [ExitCode.PairingUnauthorized] = "Unknown Node id, or wrong secret.",
        [ExitCode.PairingClaimedElsewhere] = "Another machine uses the same credentials.",
        [ExitCode.GatewayUnreachable] = "No way to the Gateway.",
        [ExitCode.GatewayTls] = "The Gateway's certificate can't be verified.",
        [ExitCode.NotAGateway] = "Something else answers at that address.",
        [ExitCode.TokenNotStored] = "config.json could not be written.",
        [ExitCode.Refused] = "The Gateway does not accept this Node.",
        [ExitCode.Revoked] = "The Node was revoked.",
        [ExitCode.Superseded] = "Another connection with the same identity took over.",
        [ExitCode.ServiceFailed] = "The service manager can't be told, or did not do it.",
        [ExitCode.UpdateRefused] = "The archive can't be used; nothing was changed.",
        [ExitCode.UpdateRolledBack] = "The new version did not get online, and the old one is back.",
        [ExitCode.Fault] = "A fault of the program's own.",
        [ExitCode.Interrupted] = "Ctrl+C or SIGTERM before the end.",
    };

    public static Command CreateCompletion(CliContext context) =>
        ShellCompletion.CreateVerb(Program, context.Output, (name, description, examples) => new ExampleCommand(name, description, examples));

    public static Command CreateMan(CliContext context)
    {
        var command = new ExampleCommand(
            "man", "Prints the manual page.",
            ("sophon-node man | man -l -", "read it"),
            ("sophon-node man | sudo tee /usr/local/share/man/man1/sophon-node.1 > /dev/null", "so that \"man sophon-node\" finds it"));
        command.SetAction(_ => context.Output.Write(Render(CommandLine.Build(context))));
        return command;
    }

    public static string Render(RootCommand root) =>
        new ManPage(Program, BuildInfo.Current.Version, command => command is ExampleCommand { Examples: var examples } ? examples : []).Render(
            root,
            Enum.GetValues<ExitCode>().Select(code => (((int)code).ToString(CultureInfo.InvariantCulture), Meanings[code])),
            Files, Variables);
}
