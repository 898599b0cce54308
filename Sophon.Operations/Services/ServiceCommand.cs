using System.CommandLine;

namespace Sophon.Operations.Services;

/// <summary>The verbs of <c>PROGRAM service</c>, the same for both programs.</summary>
/// <param name="program">E.g. <c>sophon-node</c>.</param>
/// <param name="makeVerb">Makes a command of the program's own kind: name, description, examples (command line, purpose).</param>
/// <param name="run">Does it: verb, what was parsed, dry run?</param>
public sealed class ServiceCommand(
    string program, Func<string, string, (string CommandLine, string Purpose)[], Command> makeVerb, Func<ServiceVerb, ParseResult, bool, CancellationToken, Task<int>> run)
{
    static readonly Dictionary<ServiceVerb, string> Descriptions = new()
    {
        [ServiceVerb.Install] = "Makes it a service that starts by itself, and starts it. A second time brings it up to date.",
        [ServiceVerb.Start] = "Starts the service.",
        [ServiceVerb.Stop] = "Stops the service until the next login or boot.",
        [ServiceVerb.Restart] = "Stops and starts the service, with the display of this session.",
        [ServiceVerb.Status] = "Shows what the service manager says. Exit code 0 only when the service runs.",
        [ServiceVerb.Uninstall] = "Stops the service and removes it.",
    };

    /// <param name="options">On every verb.</param>
    /// <param name="installOptions">On <c>install</c> only.</param>
    public Command Create(string description, IReadOnlyList<Option> options, IReadOnlyList<Option> installOptions)
    {
        var command = makeVerb("service", description,
        [
            ($"{program} service install --dry-run", "see what would be written and run"),
            ($"{program} service install", "from now on it starts by itself"),
            ($"{program} service status", "is it running?"),
        ]);
        foreach (var verb in Enum.GetValues<ServiceVerb>()) command.Subcommands.Add(Verb(verb, options, verb == ServiceVerb.Install ? installOptions : []));
        return command;
    }

    Command Verb(ServiceVerb verb, IReadOnlyList<Option> options, IReadOnlyList<Option> more)
    {
        var name = verb.ToString().ToLowerInvariant();
        var dryRun = new Option<bool>("--dry-run") { Description = "Print what would be written and run, and do nothing." };
        var command = makeVerb(name, Descriptions[verb], [($"{program} service {name}", Descriptions[verb].Split('.')[0].ToLowerInvariant()), ($"{program} service {name} --dry-run", "only show it")]);
        foreach (var option in (IEnumerable<Option>)[dryRun, .. options, .. more]) command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => run(verb, parsed, parsed.GetValue(dryRun), cancellationToken));
        return command;
    }
}
