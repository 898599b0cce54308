using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Sophon.Operations.CommandLine;

/// <summary>A manual page in man(7)'s language, made from the command definitions.</summary>
/// <param name="program">E.g. <c>sophon-node</c>.</param>
/// <param name="examples">Of a command: command line and what it does.</param>
public sealed class ManPage(string program, string version, Func<Command, IReadOnlyList<(string CommandLine, string Purpose)>> examples)
{
    readonly StringBuilder text = new();

    /// <param name="exitCodes">Each code with what it means.</param>
    /// <param name="files">Each file with what it holds.</param>
    /// <param name="variables">Each environment variable with what it does.</param>
    public string Render(
        RootCommand root, IEnumerable<(string Code, string Meaning)> exitCodes, IEnumerable<(string Path, string Meaning)> files, IEnumerable<(string Name, string Meaning)> variables)
    {
        text.Clear();
        var lines = (root.Description ?? "").Split('\n', 2);
        Line($".TH {program.ToUpperInvariant()} 1 \"\" \"{program} {version}\" \"Sophon\"");
        Section("NAME");
        Line($"{Escape(program)} \\- {Escape(lines[0].Split(": ")[^1].TrimEnd('.'))}");
        Section("SYNOPSIS");
        Line($".B {Escape(program)}");
        Line(".I verb");
        Line("[options]");
        if (lines.Length > 1)
        {
            Section("DESCRIPTION");
            Paragraphs(lines[1]);
        }

        Section("VERBS");
        foreach (var command in Visible(root)) Describe(command, program);
        List("EXIT STATUS", exitCodes);
        List("FILES", files);
        List("ENVIRONMENT", variables);
        return text.ToString();
    }

    void Describe(Command command, string parents)
    {
        var name = $"{parents} {command.Name}";
        Line($".SS {Escape(name)}{string.Concat(command.Arguments.Select(argument => $" {Escape(argument.HelpName ?? argument.Name.ToUpperInvariant())}"))}");
        Paragraphs(command.Description ?? "");
        foreach (var option in command.Options.Where(option => !option.Hidden && option.Name != "--help"))
        {
            Line(".TP");
            Line($"\\fB{string.Join("\\fR, \\fB", option.Aliases.Prepend(option.Name).Distinct().Select(Escape))}\\fR{(option.ValueType == typeof(bool) ? "" : $" \\fI{Escape(option.HelpName ?? option.Name.TrimStart('-'))}\\fR")}");
            Paragraphs(option.Description ?? "");
        }

        if (examples(command) is { Count: > 0 } shown)
        {
            Line(".PP");
            Line("Examples:");
            foreach (var (line, purpose) in shown)
            {
                Line(".PP");
                Line(".nf");
                Line($"    # {Escape(purpose)}");
                Line($"    {Escape(line)}");
                Line(".fi");
            }
        }

        foreach (var verb in Visible(command)) Describe(verb, name);
    }

    static IEnumerable<Command> Visible(Command command) => command.Subcommands.Where(verb => !verb.Hidden);

    void List(string section, IEnumerable<(string Term, string Meaning)> entries)
    {
        Section(section);
        foreach (var (term, meaning) in entries)
        {
            Line(".TP");
            Line($".B {Escape(term)}");
            Paragraphs(meaning);
        }
    }

    void Section(string name) => Line($".SH {name}");

    /// <summary>Indented lines, as an example in a description, stay lines.</summary>
    void Paragraphs(string words)
    {
        foreach (var line in words.Trim('\n').Split('\n'))
        {
            if (line.Trim().Length == 0)
            {
                Line(".PP");
                continue;
            }

            if (line.StartsWith("  ", StringComparison.Ordinal)) Line(".br");
            Line(Escape(line.Trim()));
        }
    }

    void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");

    /// <summary>A line that begins with a dot or an apostrophe would be a request, a bare minus a hyphen.</summary>
    static string Escape(string words)
    {
        var escaped = words.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
