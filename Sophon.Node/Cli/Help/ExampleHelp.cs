using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sophon.Node.Cli.Help;

/// <summary>A verb that shows how it is used.</summary>
/// <param name="examples">Command lines, each with what it does.</param>
class ExampleCommand(string name, string description, params (string CommandLine, string Purpose)[] examples) : Command(name, description)
{
    public IReadOnlyList<(string CommandLine, string Purpose)> Examples { get; } = examples;
}

/// <summary>System.CommandLine's help, and the examples after it.</summary>
sealed class ExampleHelp(HelpAction inner) : SynchronousCommandLineAction
{
    // "pair --help" lacks its required options, and that is no mistake.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ExampleCommand { Examples.Count: > 0 } command) return result;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var (line, purpose) in command.Examples)
        {
            output.WriteLine($"  # {purpose}");
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
        return result;
    }
}
