using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Cli.Help;
using Sophon.Node.Composition;

namespace Sophon.Node.Cli.Version;

/// <summary><c>sophon-node version</c>: which build this is.</summary>
static class VersionCommand
{
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new ExampleCommand(
            "version", "Tells which build this is and what it runs on.",
            ("sophon-node version", "verify the install"),
            ("sophon-node version --json", "for scripts"))
        { json };
        command.SetAction(result => Print(context, result.GetValue(json)));
        return command;
    }

    static int Print(CliContext context, bool asJson)
    {
        var build = BuildInfo.Current;
        if (asJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(build, VersionJson.Default.BuildInfo));
            return (int)ExitCode.Success;
        }

        context.Output.WriteLine($"Sophon Node v{build.Version}");
        context.Output.WriteLine($"Commit:   {build.Commit ?? "unknown (built outside a repository)"}");
        context.Output.WriteLine($"Runtime:  {build.Runtime}");
        context.Output.WriteLine($"System:   {build.System}, {build.Architecture}");
        return (int)ExitCode.Success;
    }

    /// <summary><c>--version</c>, which every program has.</summary>
    public sealed class PrintVersion(CliContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Print(context, asJson: false);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BuildInfo))]
sealed partial class VersionJson : JsonSerializerContext;
