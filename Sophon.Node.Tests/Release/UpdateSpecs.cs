using System.Globalization;
using System.Security.Cryptography;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Release;

/// <summary>From one released version to another and back, with real archives and a real Gateway.</summary>
[Trait("kind", "release")]
public sealed class UpdateSpecs : IDisposable
{
    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Update_should_bring_the_next_version_online_and_a_failure_should_bring_the_old_one_back()
    {
        var program = await ReleaseFolder.UnpackAsync(ReleaseFolder.Current, folder.File("bin"));
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?> { ["HOME"] = folder.Path, ["XDG_CONFIG_HOME"] = null }, program);
        await node.PairAsync(gateway);

        Assert.Equal((ExitCode.Problem, true), await UpdateAsync(node, "1.0.1 is there; this is 1.0.0", "--check", "--source", ReleaseFolder.Next));
        Assert.Equal((ExitCode.UpdateRefused, true), await UpdateAsync(node, "Nothing was changed", "--from", Next, "--sha256", new string('0', 64)));
        Assert.Equal("1.0.0", await VersionAsync(node));

        Assert.Equal((ExitCode.Success, true), await UpdateAsync(node, "1.0.1 is online", "--source", ReleaseFolder.Next));
        Assert.Equal("1.0.1", await VersionAsync(node));
        Assert.Equal((ExitCode.Success, true), await UpdateAsync(node, "is 1.0.0 again", "--rollback"));
        Assert.Equal("1.0.0", await VersionAsync(node));

        // No Gateway, so no way to get online.
        await gateway.KillAsync();
        Assert.Equal((ExitCode.UpdateRolledBack, true), await UpdateAsync(node, "1.0.0 is back in its place", "--from", Next, "--sha256", await SumAsync(Next), "--online-within", "6"));
        Assert.Equal("1.0.0", await VersionAsync(node));
        Assert.Equal(["sophon-node", "sophon-node.previous"], Directory.GetFiles(folder.File("bin")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Service_should_be_restarted_with_the_next_version_and_with_the_old_one_after_a_failure()
    {
        var program = await ReleaseFolder.UnpackAsync(ReleaseFolder.Current, folder.File("bin"));
        await WriteSystemctlAsync(program);
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null, new Dictionary<string, string?>
        {
            ["HOME"] = folder.Path, ["XDG_CONFIG_HOME"] = null, ["XDG_RUNTIME_DIR"] = folder.Path, ["PATH"] = $"{folder.File("fake")}:/usr/bin:/bin",
        }, program);
        await node.ConfigureAsync();
        await node.PairAsync(gateway);
        try
        {
            await using (var install = node.Run("service", "install")) Assert.True(await install.ExitAsync() == 0, install.Errors);
            await gateway.WaitForStateAsync(node.NodeId, "online");
            var first = Pid;

            Assert.Equal((ExitCode.Success, true), await UpdateAsync(node, "1.0.1 is online", "--from", Next, "--sha256", await SumAsync(Next)));
            Assert.NotEqual(first, Pid);
            Assert.Equal("1.0.1", await RunningVersionAsync(node));

            await gateway.KillAsync();
            var current = Path.Combine(ReleaseFolder.Current, ReleaseFolder.Archive);
            Assert.Equal((ExitCode.UpdateRolledBack, true), await UpdateAsync(node, "1.0.1 is back in its place", "--from", current, "--sha256", await SumAsync(current), "--online-within", "6"));
            await gateway.StartAsync();
            await gateway.WaitForStateAsync(node.NodeId, "online");
            Assert.Equal("1.0.1", await RunningVersionAsync(node));
        }
        finally
        {
            await TestProcess.RunAsync(folder.File("fake/systemctl"), ["--user", "stop", "sophon-node.service"]);
        }
    }

    static string Next => Path.Combine(ReleaseFolder.Next, ReleaseFolder.Archive);

    int Pid => int.Parse(File.ReadAllText(folder.File("pid")), CultureInfo.InvariantCulture);

    static async Task<string> SumAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }

    static async Task<(ExitCode Code, bool Said)> UpdateAsync(NodeProgram node, string said, params string[] arguments)
    {
        await using var run = node.Run(["update", .. arguments]);
        var code = (ExitCode)await run.ExitAsync(TimeSpan.FromMinutes(3));
        TestContext.Current.TestOutputHelper!.WriteLine(run.Output + run.Errors);
        return (code, (run.Output + run.Errors).Contains(said, StringComparison.Ordinal));
    }

    static async Task<string> VersionAsync(NodeProgram node)
    {
        await using var run = node.Run("--version");
        Assert.Equal(0, await run.ExitAsync());
        return run.Output.Split('\n')[0]["Sophon Node v".Length..];
    }

    static async Task<string?> RunningVersionAsync(NodeProgram node)
    {
        var status = await File.ReadAllTextAsync(Path.Combine(node.Home, "state/status.json"));
        return System.Text.Json.JsonDocument.Parse(status).RootElement.GetProperty("version").GetString();
    }

    /// <summary>There is no systemd on a build machine: what it would do with this one unit, by its verbs.</summary>
    async Task WriteSystemctlAsync(string program)
    {
        Directory.CreateDirectory(folder.File("fake"));
        await File.WriteAllTextAsync(folder.File("bus"), "");
        await File.WriteAllTextAsync(folder.File("fake/systemctl"), $$"""
            #!/bin/sh
            stop() {
              [ -f '{{folder.Path}}/pid' ] || return 0
              pid=$(cat '{{folder.Path}}/pid')
              kill "$pid" 2>/dev/null
              for i in $(seq 600); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
            }
            case "$2" in
              stop) stop ;;
              restart) stop; setsid '{{program}}' start --service >/dev/null 2>&1 </dev/null & echo $! > '{{folder.Path}}/pid' ;;
            esac
            """);
        File.SetUnixFileMode(folder.File("fake/systemctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
