using System.Globalization;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Launching;

[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class ApplicationLauncherSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly ApplicationLauncher launcher;

    public ApplicationLauncherSpecs() => launcher = new ApplicationLauncher(
        new DesktopEntries([folder.Path]),
        new Dictionary<string, string?> { ["DISPLAY"] = ":4711", ["XAUTHORITY"] = null });

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Program_should_live_apart_from_the_node()
    {
        var pid = launcher.LaunchByPath("/bin/sleep", ["300"]);
        try
        {
            // It runs: posix_spawn returns after exec. stat: pid (name) state ppid pgrp session.
            Assert.Equal("sleep", RunningProcess.Name(pid));
            await Eventually.TrueAsync(() => ProcessActivity.Read(pid) is { Sleeps: true } && Directory.GetFiles($"/proc/{pid}/fd").Length == 3, "it has its libraries and only three descriptors");
            var stat = (await File.ReadAllTextAsync($"/proc/{pid}/stat")).Split(' ');
            Assert.Equal((Text(pid), Text(pid)), (stat[4], stat[5]));
            foreach (var descriptor in new[] { 0, 1, 2 })
                Assert.Equal("/dev/null", new FileInfo($"/proc/{pid}/fd/{descriptor}").LinkTarget);
            var status = await File.ReadAllLinesAsync($"/proc/{pid}/status");
            Assert.Equal((0, 0), (StandardSignals(status, "SigIgn"), StandardSignals(status, "SigBlk")));
            Assert.Contains("DISPLAY=:4711", (await File.ReadAllTextAsync($"/proc/{pid}/environ")).Split('\0'));
        }
        finally
        {
            ProcessTree.Kill(pid);
        }

        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{pid}"), "no zombie stays");
    }

    [Fact]
    public async Task Programs_that_end_at_once_should_leave_no_zombies()
    {
        var pids = Enumerable.Range(0, 20).Select(_ => launcher.LaunchByPath("/bin/true", [])).ToList();

        await Eventually.TrueAsync(() => pids.TrueForAll(pid => !Directory.Exists($"/proc/{pid}")), "all are gone");
    }

    [Fact]
    public async Task Entry_should_be_launched_in_its_folder_with_its_arguments()
    {
        Directory.CreateDirectory(folder.File("applications"));
        var seen = folder.File("seen");
        await File.WriteAllTextAsync(folder.File("script"), $"#!/bin/sh\npwd > {seen}.new; echo \"$@\" >> {seen}.new; mv {seen}.new {seen}\n");
        File.SetUnixFileMode(folder.File("script"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await File.WriteAllLinesAsync(
            folder.File("applications/app.desktop"),
            ["[Desktop Entry]", "Type=Application", "Name=My App", $"Exec={folder.File("script")} \"one two\" %U three", "Path=/usr"]);

        launcher.LaunchByName("my app");

        await Eventually.TrueAsync(() => File.Exists(seen), "it ran");
        Assert.Equal(["/usr", "one two three"], await File.ReadAllLinesAsync(seen));
    }

    [Fact]
    public void What_can_not_run_should_be_not_found()
    {
        File.WriteAllText(folder.File("text"), "no program");
        Assert.Contains("not executable", Refusal(() => launcher.LaunchByPath(folder.File("text"), [])));

        File.SetUnixFileMode(folder.File("text"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Contains("no program for this machine", Refusal(() => launcher.LaunchByPath(folder.File("text"), [])));

        File.WriteAllText(folder.File("text"), "#!/no/such/interpreter\n");
        Assert.Contains("interpreter", Refusal(() => launcher.LaunchByPath(folder.File("text"), [])));

        Assert.Contains("/no/such/program", Refusal(() => launcher.LaunchByPath("/no/such/program", [])));
        Assert.Contains("no absolute path", Refusal(() => launcher.LaunchByPath("sleep", [])));
        Assert.Contains("\"nobody\"", Refusal(() => launcher.LaunchByName("nobody")));
    }

    // Bits 0 to 30 are signals 1 to 31; those above belong to the C library.
    static long StandardSignals(string[] status, string mask) =>
        Convert.ToInt64(Assert.Single(status, line => line.StartsWith(mask, StringComparison.Ordinal)).Split('\t')[1], 16) & 0x7fff_ffff;

    static string Refusal(Func<int> launch) => Assert.Throws<NotFoundException>(() => launch()).Message;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
