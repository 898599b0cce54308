using System.Globalization;
using System.Text;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Tests.Docs;

/// <summary>The table of docs/commands.md, made from the catalogue.</summary>
static class CommandsDocument
{
    public static string Render()
    {
        var text = new StringBuilder();
        foreach (var group in CommandCatalog.All.GroupBy(command => command.Name[..command.Name.IndexOf('.', StringComparison.Ordinal)]))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n");
            foreach (var command in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"### `{command.Name}`\n{command.Summary} Scope `{command.Scope}`, risk {command.Risk.ToString().ToLowerInvariant()}. Answer: `{command.Answer}`\n\n");
                if (command.Parameters.Count == 0) continue;
                text.Append("| parameter | takes | default | |\n| --- | --- | --- | --- |\n");
                foreach (var parameter in command.Parameters)
                    text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {ParameterValidator.Takes(parameter)} | {DefaultOf(parameter)} | {parameter.Help} |\n");
                foreach (var names in command.OneOf ?? []) text.Append(CultureInfo.InvariantCulture, $"\nExactly one of {string.Join(", ", names.Select(name => $"`{name}`"))}.\n");
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    static string DefaultOf(ParameterDefinition parameter) => parameter switch
    {
        { Required: true } => "required",
        { Default: bool value } => value ? "true" : "false",
        { Default: { } value } => $"{value}",
        _ => "–",
    };
}
