using Sophon.Node.Cli;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Operations.CommandLine;
using Xunit;

namespace Sophon.Node.Tests.Operations.CommandLine;

public sealed class ManualSpecs : IDisposable
{
    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Manual_should_name_every_verb_option_and_exit_code()
    {
        var root = Cli();
        var page = NodeManual.Render(root).Replace("\\-", "-", StringComparison.Ordinal);
        foreach (var verb in root.Subcommands)
        {
            Assert.Contains($".SS sophon-node {verb.Name}", page, StringComparison.Ordinal);
            Assert.All(verb.Options.Where(option => !option.Hidden && option.Name != "--help"), option => Assert.Contains(option.Name, page, StringComparison.Ordinal));
        }

        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($".B {(int)code}\n", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sophon-node")]
    [InlineData("sophon-gateway")]
    [Trait("kind", "real")]
    public async Task Manual_should_be_set_by_groff_without_a_warning(string program)
    {
        var page = folder.File("page.1");
        await File.WriteAllTextAsync(page, await PrintAsync(program, "man"), TestContext.Current.CancellationToken);
        Assert.Equal("", await TestProcess.RunAsync("groff", ["-Kutf8", "-man", "-ww", "-z", "-Tutf8", page]));
    }

    [Theory]
    [InlineData("bash", "sophon-node ser", "service")]
    [InlineData("bash", "sophon-node service re", "restart")]
    [InlineData("bash", "sophon-node logs --level w", "warning")]
    [InlineData("fish", "sophon-node ser", "service")]
    [InlineData("fish", "sophon-node service re", "restart")]
    [InlineData("zsh", "sophon-node service re", "restart")]
    [InlineData("powershell", "sophon-node service re", "restart")]
    [Trait("kind", "real")]
    public async Task Shell_should_complete_what_the_program_takes(string shell, string line, string offer)
    {
        if (shell == "powershell" && Environment.GetEnvironmentVariable("SOPHON_TEST_PWSH") is not { Length: > 0 }) Assert.Skip("PowerShell is not here: test.sh --release installs it and names it in SOPHON_TEST_PWSH");
        var link = folder.File("bin/sophon-node");
        Directory.CreateDirectory(folder.File("bin"));
        await File.WriteAllTextAsync(link, $"#!/bin/sh\nexec dotnet '{ProgramProcess.PathOf("sophon-node")}' \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(link, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = folder.File(shell == "powershell" ? "script.ps1" : "script");
        await File.WriteAllTextAsync(script, ShellCompletion.Script(shell, "sophon-node"), TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?> { ["PATH"] = $"{folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["SOPHON_NODE_HOME"] = folder.File("home"), ["HOME"] = folder.Path };
        var offers = await TestProcess.RunAsync(Program(shell), Ask(shell, script, line), environment);
        Assert.Contains(offer, offers.Split(['\n', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }

    static string Program(string shell) => shell == "powershell" ? Environment.GetEnvironmentVariable("SOPHON_TEST_PWSH")! : shell;

    // What each shell does when Tab is pressed at the end of the line.
    static string[] Ask(string shell, string script, string line) => shell switch
    {
        "bash" => ["--norc", "-c", "source \"$1\"; COMP_LINE=$2; COMP_POINT=${#2}; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sophon_node; printf '%s\\n' \"${COMPREPLY[@]}\"", "bash", script, line],
        "fish" => ["--no-config", "-c", $"source {script}; complete -C '{line}'"],
        "zsh" => ["-f", "-c", "compdef() { :; }; compadd() { shift; print -l -- $@; }; source $1; words=(${=2}); BUFFER=$2; CURSOR=${#2}; _sophon_node", "zsh", script, line],
        _ => ["-NoProfile", "-NonInteractive", "-Command", $". {script}; (TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText"],
    };

    async Task<string> PrintAsync(string program, string verb)
    {
        await using var run = ProgramProcess.Start(program, [verb], new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = folder.File("home") });
        Assert.Equal(0, await run.ExitAsync());
        return run.Output;
    }

    System.CommandLine.RootCommand Cli() => Sophon.Node.Cli.CommandLine.Build(new CliContext(new NodeHome(folder.Path), TextWriter.Null, TextWriter.Null, null));
}
