using Sophon.Node.Tests.Support;
using Sophon.Operations.Services;
using Sophon.Operations.Services.Systemd;
using Xunit;

namespace Sophon.Node.Tests.Operations.Services;

public sealed class SystemdServiceSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly Dictionary<string, string> session = new() { ["DISPLAY"] = ":7", ["XAUTHORITY"] = "/run/auth", ["WAYLAND_DISPLAY"] = "" };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Install_should_write_the_unit_import_the_display_and_start()
    {
        var manager = User();
        Assert.Equal(
            [folder.File(".config/systemd/user/sophon-node.service"), folder.File(".config/autostart/sophon-node.desktop")],
            manager.Plan(ServiceVerb.Install).OfType<WriteFile>().Select(file => file.Path));
        Assert.Equal(
            ["systemctl --user daemon-reload", "systemctl --user import-environment DISPLAY XAUTHORITY", "systemctl --user enable sophon-node.service", "systemctl --user restart sophon-node.service"],
            manager.Commands(ServiceVerb.Install));
    }

    [Fact]
    public void Unit_should_say_what_ends_it_for_good_and_what_outlives_it()
    {
        var unit = User().ContentOf(".service").Split('\n');
        foreach (var line in new[]
        {
            "Type=notify", "WatchdogSec=80", "Restart=on-failure", "RestartPreventExitStatus=3 20", "KillMode=process", "OOMPolicy=continue", "StartLimitIntervalSec=0", "WantedBy=default.target",
        }) Assert.Contains(line, unit);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("100%", "100%%")]
    [InlineData("$HOME", "$$HOME")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("", "\"\"")]
    public void Words_should_reach_the_program_as_they_are(string word, string quoted) => Assert.Equal(quoted, SystemdUnit.Quote(word));

    [Fact]
    public void Linger_should_be_asked_for_only_when_wanted()
    {
        Assert.DoesNotContain("loginctl enable-linger", User().Commands(ServiceVerb.Install));
        Assert.Contains("loginctl enable-linger", User(linger: true).Commands(ServiceVerb.Install));
        Assert.Contains("loginctl enable-linger", string.Join(' ', User().Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstall_should_take_back_what_install_wrote()
    {
        var written = User().Plan(ServiceVerb.Install).OfType<WriteFile>().Select(file => file.Path);
        Assert.Equal(written, User().Plan(ServiceVerb.Uninstall).OfType<DeleteFile>().Select(file => file.Path));
    }

    [Fact]
    public void Service_of_the_machine_should_be_confined_and_import_no_display()
    {
        var manager = new SystemdService(ServicePlans.Awkward() with { NeedsDesktop = false, ChildrenOutlive = false }, Variable, folder.Path, system: true);
        var unit = manager.ContentOf("/etc/systemd/system/sophon-node.service");
        Assert.Contains("DynamicUser=yes", unit, StringComparison.Ordinal);
        Assert.Contains("WantedBy=multi-user.target", unit, StringComparison.Ordinal);
        Assert.All(manager.Commands(ServiceVerb.Install), command => Assert.DoesNotContain("--user", command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("kind", "real")]
    public async Task Unit_should_be_accepted_by_systemd_analyze(bool system)
    {
        // A path that needs quoting, and really is a program: "verify" looks.
        var program = folder.File("so phon 100%/sophon-node");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy("/bin/true", program);
        var manager = new SystemdService(ServicePlans.Awkward(program) with { NeedsDesktop = !system, ChildrenOutlive = !system }, Variable, folder.Path, system);
        var unit = folder.File("sophon-node.service");
        await File.WriteAllTextAsync(unit, manager.ContentOf(".service"), TestContext.Current.CancellationToken);

        // No manual page is installed here, which "verify" would miss.
        var said = await TestProcess.RunAsync("systemd-analyze", [system ? "--system" : "--user", "--man=no", "verify", unit], new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = folder.Path });
        Assert.DoesNotContain("sophon-node.service", said, StringComparison.Ordinal);
        var score = await TestProcess.RunAsync("systemd-analyze", ["security", "--offline=true", unit]);
        TestContext.Current.TestOutputHelper!.WriteLine(score.TrimEnd().Split('\n')[^1]);
        Assert.Contains("Overall exposure level", score, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Plan_should_run_the_same_twice_and_write_once()
    {
        var calls = folder.File("calls");
        var systemctl = folder.File("systemctl");
        await File.WriteAllTextAsync(systemctl, $"#!/bin/sh\necho \"$@\" >> '{calls}'\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(systemctl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServiceStep[] plan = [.. User().Plan(ServiceVerb.Install).Select(step => step is RunProgram run ? run with { Program = systemctl } : step)];
        using var output = new StringWriter();
        await new ServiceRunner(output).RunAsync(plan, TestContext.Current.CancellationToken);
        await new ServiceRunner(output).RunAsync(plan, TestContext.Current.CancellationToken);
        Assert.Equal(8, (await File.ReadAllLinesAsync(calls, TestContext.Current.CancellationToken)).Length);
        Assert.Equal(2, output.ToString().Split("Wrote ").Length - 1);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Step_that_fails_should_be_named_with_what_it_said()
    {
        var run = new RunProgram("sh", "-c", "echo no bus >&2; exit 4");
        var error = await Assert.ThrowsAsync<ServiceException>(() => new ServiceRunner(TextWriter.Null).RunAsync([run], TestContext.Current.CancellationToken));
        Assert.Contains("ended with 4: no bus", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, await new ServiceRunner(TextWriter.Null).RunAsync([run with { Accepts = [0, 4] }], TestContext.Current.CancellationToken));
    }

    string? Variable(string name) => session.GetValueOrDefault(name);

    SystemdService User(bool linger = false) => new(ServicePlans.Awkward(), Variable, folder.Path, system: false, linger);
}
