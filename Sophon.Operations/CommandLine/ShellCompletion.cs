using System.CommandLine;

namespace Sophon.Operations.CommandLine;

/// <summary>
/// Scripts that let a shell complete a program's words. They ask the program itself (System.CommandLine's <c>[suggest]</c> directive),
/// so that what they offer is always what this version takes.
/// </summary>
public static class ShellCompletion
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The verb that prints them.</summary>
    /// <param name="makeVerb">Makes a command of the program's own kind: name, description, examples (command line, purpose).</param>
    public static Command CreateVerb(string program, TextWriter output, Func<string, string, (string CommandLine, string Purpose)[], Command> makeVerb)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Shells), HelpName = "shell" };
        shell.AcceptOnlyFromAmong([.. Shells]);
        var command = makeVerb("completion", "Prints a script that lets a shell complete verbs and options.",
        [
            ($"source <({program} completion bash)", "for this bash; in ~/.bashrc for every one"),
            ($"{program} completion zsh > \"${{fpath[1]}}/_{program}\"", "for zsh"),
            ($"{program} completion fish > ~/.config/fish/completions/{program}.fish", "for fish"),
            ($"{program} completion powershell | Out-String | Invoke-Expression", "for this PowerShell; in $PROFILE for every one"),
        ]);
        command.Arguments.Add(shell);
        command.SetAction(parsed => output.Write(Script(parsed.GetValue(shell)!, program)));
        return command;
    }

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Script(string shell, string program)
    {
        var function = "_" + program.Replace('-', '_');
        return shell switch
        {
            "bash" => $$"""
                {{function}}() {
                    local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
                    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
                }
                complete -o default -F {{function}} {{program}}

                """,
            "zsh" => $$"""
                #compdef {{program}}
                {{function}}() {
                    local -a offers
                    offers=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                    [[ -n "${offers[1]}" ]] && compadd -- "${offers[@]}" || _files
                }
                if [[ "${funcstack[1]}" = "{{function}}" ]]; then {{function}} "$@"; else compdef {{function}} {{program}}; fi

                """,
            "fish" => $$"""
                function {{function}}
                    set -l line (commandline -cp)
                    {{program}} "[suggest:"(string length -- $line)"]" $line 2>/dev/null
                end
                complete -f -c {{program}} -a '({{function}})'

                """,
            _ => $$"""
                Register-ArgumentCompleter -Native -CommandName {{program}} -ScriptBlock {
                    param($wordToComplete, $commandAst, $cursorPosition)
                    {{program}} "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                }

                """,
        };
    }
}
