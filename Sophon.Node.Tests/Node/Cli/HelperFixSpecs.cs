using Sophon.Node.Cli;
using Sophon.Node.Cli.Doctor;
using Sophon.Node.Files;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary>With package managers that record what they are asked, on a PATH of their own.</summary>
[Trait("kind", "real")]
public sealed class HelperFixSpecs : IDisposable
{
    static readonly string[] Missing = ["xdotool", "wl-copy", "wl-paste", "xprop", "notify-send"];

    readonly TestFolder folder = new();
    readonly StringWriter output = new(), errors = new();

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("apt-get", "apt-get install -y xdotool wl-clipboard x11-utils libnotify-bin")]
    [InlineData("dnf", "dnf install -y xdotool wl-clipboard xprop libnotify")]
    [InlineData("pacman", "pacman -S --needed --noconfirm xdotool wl-clipboard xorg-xprop libnotify")]
    [InlineData("brew", "brew install xdotool wl-clipboard x11-utils libnotify-bin")]
    public async Task What_is_missing_should_be_installed_by_what_is_here(string manager, string expected)
    {
        Provide(manager, exitCode: 0);
        Assert.Null(await FixAsync(Missing, yes: true));
        Assert.Equal(expected, Ran);
        Assert.Contains($"To run: {expected}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_should_be_asked_first()
    {
        Provide("apt-get", exitCode: 0);
        Assert.Equal(ExitCode.Problem, await FixAsync(Missing, answer: "n"));
        Assert.Equal("", Ran);
        Assert.Contains("Run it? [y/N]", output.ToString(), StringComparison.Ordinal);
        Assert.Null(await FixAsync(Missing, answer: "y"));
        Assert.StartsWith("apt-get install", Ran, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_ask_should_be_usage_and_change_nothing()
    {
        Provide("apt-get", exitCode: 0);
        Assert.Equal(ExitCode.Usage, await FixAsync(Missing));
        Assert.Contains("--yes", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", Ran);
    }

    [Fact]
    public async Task Dry_run_should_only_show_the_command()
    {
        Provide("dnf", exitCode: 0);
        Assert.Null(await FixAsync(Missing, dryRun: true));
        Assert.Contains("Would run: dnf install -y", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", Ran);
    }

    [Fact]
    public async Task Failure_should_be_told_with_its_code()
    {
        Provide("apt-get", exitCode: 100);
        Assert.Equal(ExitCode.Problem, await FixAsync(Missing, yes: true));
        Assert.Contains("ended with 100", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_package_manager_should_be_said()
    {
        Assert.Equal(ExitCode.Problem, await FixAsync(Missing, yes: true));
        Assert.Contains("None of apt, dnf, pacman and brew", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_missing_should_be_nothing_to_do()
    {
        Assert.Null(await FixAsync([]));
        Assert.Equal("No helper is missing.\n", output.ToString());
    }

    Task<ExitCode?> FixAsync(string[] missing, bool yes = false, bool dryRun = false, string? answer = null) =>
        new HelperFix(new CliContext(new NodeHome(folder.File("home")), output, errors, answer is null ? null : new StringReader(answer + "\n")), folder.Path)
            .RunAsync(missing, yes, dryRun, CancellationToken.None);

    string Ran => File.Exists(folder.File("ran")) ? File.ReadAllText(folder.File("ran")).Trim() : "";

    void Provide(string manager, int exitCode)
    {
        File.WriteAllText(folder.File(manager), $"#!/bin/sh\necho \"{manager} $*\" >> '{folder.File("ran")}'\nexit {exitCode}\n");
        File.SetUnixFileMode(folder.File(manager), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
