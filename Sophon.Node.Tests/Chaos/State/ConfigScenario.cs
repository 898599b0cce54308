using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Node.Gateway;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.State;

/// <summary>Lines 11 to 13: config.json written by a process that is killed, on a disk that is full, and mutated.</summary>
static class ConfigScenario
{
    /// <summary>strace ends as its program did: by SIGKILL.</summary>
    const int Killed = 128 + 9;

    const string Old = "{\n  \"gatewayUrl\": \"http://127.0.0.1:9\",\n  \"nodeToken\": \"old123.a1b2c3d4e5f6a7b8\"\n}\n";

    /// <summary>What reading, writing beside, flushing and renaming are made of.</summary>
    static readonly string[] Calls = ["openat", "fstat", "flock", "pread64", "lseek", "pwrite64", "fsync", "close", "unlink", "rename", "lstat"];

    /// <summary>strace kills <c>pair</c> as it makes its first, second … system call of a kind on the file, the one beside it, or their folder.</summary>
    public static async Task<IReadOnlyList<ChaosRow>> KillsAsync()
    {
        await using var server = await ApprovingAsync();
        var (kills, old, fresh, wrong) = (0, 0, 0, 0);
        foreach (var (present, call) in Calls.SelectMany(call => new[] { (true, call), (false, call) }))
        {
            for (var number = 1; ; number++)
            {
                using var folder = new TestFolder();
                var config = folder.File("config.json");
                if (present) await WriteAsync(config, Old);
                await using var node = ProgramProcess.Start(
                    "sophon-node", ["pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5", "--force"],
                    new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = folder.Path, ["DISPLAY"] = null },
                    ["strace", "-f", "-qq", "-o", "/dev/null", "-P", config, "-P", config + ".new", "-P", folder.Path, "-e", $"inject={call}:signal=KILL:when={number}"]);
                var code = await node.ExitAsync();
                if (code == 0) break;
                if (code != Killed) throw new InvalidOperationException($"pair ended with {code}: {node.Errors}");
                kills++;
                var text = File.Exists(config) ? await File.ReadAllTextAsync(config) : null;
                if (text == (present ? Old : null)) old++;
                else if (text is not null && text.Contains("abc123.a1b2c3d4e5f6", StringComparison.Ordinal) && IsUsable(folder.Path)) fresh++;
                else wrong++;
            }
        }

        return
        [
            new("11", "pair killed at each system call on config.json, over an old one and over none", ChaosRow.Times(kills),
                $"old file {old}, new file {fresh}, anything else {wrong}", "anything else 0", wrong == 0 && old > 10 && fresh > 0),
        ];
    }

    public static async Task<IReadOnlyList<ChaosRow>> FullDiskAsync()
    {
        using var folder = new TestFolder();
        var disk = folder.File("disk");
        Directory.CreateDirectory(disk);
        await TestProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=700", "sophon-test", disk]);
        try
        {
            await WriteAsync(Path.Combine(disk, "config.json"), Old);
            await using var server = await ApprovingAsync();
            await using var hub = await RawHub.StartAsync((socket, _) => socket.DrainAsync());
            Fill(disk);
            var environment = new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = disk, ["DISPLAY"] = null };
            await using var pair = ProgramProcess.Start("sophon-node", ["pair", "--gateway", server.Address.ToString(), "--node-id", "abc123", "--secret", "s_a1b2c3d4e5", "--force"], environment);
            var code = await pair.ExitAsync();
            var kept = await File.ReadAllTextAsync(Path.Combine(disk, "config.json")) == Old;
            var told = pair.Errors.Contains("could not be stored", StringComparison.Ordinal);

            // The Node itself, on a disk that fills while it runs.
            File.Delete(Path.Combine(disk, "filler"));
            await WriteAsync(Path.Combine(disk, "config.json"), Old.Replace("http://127.0.0.1:9", hub.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
            await using var node = ProgramProcess.Start("sophon-node", ["start"], environment);
            await node.WaitForAsync("Connected to Gateway via SignalR.");
            Fill(disk);
            await using (var status = ProgramProcess.Start("sophon-node", ["status"], environment)) await status.ExitAsync();
            await Task.Delay(TimeSpan.FromSeconds(3));
            var up = !node.HasExited;
            node.Terminate();
            var end = await node.ExitAsync();
            return
            [
                new("12", "disk full at pair, and under a running Node", ChaosRow.Times(2),
                    $"old config {(kept ? "intact" : "DAMAGED")}, exit code {code} {(told ? "and says so" : "in silence")}, Node {(up ? "up" : "DOWN")}, then exit code {end}",
                    "intact, says so, up, 0", kept && told && code == (int)ExitCode.TokenNotStored && up && end == 0),
            ];
        }
        finally
        {
            await TestProcess.RunAsync("umount", ["-l", disk]);
        }
    }

    /// <param name="mutations">Read by the Node's own code.</param>
    /// <param name="every">Each how many a process is started on.</param>
    public static async Task<IReadOnlyList<ChaosRow>> MutationsAsync(int mutations, int every, int seed)
    {
        using var folder = new TestFolder();
        var random = new Random(seed);
        var home = new NodeHome(folder.Path);
        var (loaded, named, wrong, started) = (0, 0, new List<string>(), 0);
        for (var run = 0; run < mutations; run++)
        {
            var bytes = ConfigMutation.Of(Encoding.UTF8.GetBytes(Old), random);
            await File.WriteAllBytesAsync(home.Config, bytes);
            try
            {
                new ConfigFile(home, new SecretRedactor()).Load();
                loaded++;
            }
            catch (IdentityStoreException error) when (error.Message.Contains(", line ", StringComparison.Ordinal))
            {
                named++;
                if (named % every == 0) wrong.AddRange(await StartOnAsync(home, ++started));
            }

            if (!(await File.ReadAllBytesAsync(home.Config)).SequenceEqual(bytes)) wrong.Add($"mutation {run} was overwritten");
        }

        return
        [
            new("13", $"config.json mutated (seed {seed}), a process started on {started} of them", ChaosRow.Times(mutations),
                $"usable {loaded}, error with file and place {named}, otherwise {wrong.Count} {string.Join("; ", wrong.Take(3))}", "otherwise 0", wrong.Count == 0 && started > 0 && loaded + named == mutations),
        ];
    }

    static async Task<IEnumerable<string>> StartOnAsync(NodeHome home, int number)
    {
        await using var start = ProgramProcess.Start("sophon-node", ["start"], new Dictionary<string, string?> { ["SOPHON_NODE_HOME"] = home.Folder, ["DISPLAY"] = null });
        var code = await start.ExitAsync();
        return code == (int)ExitCode.Settings && start.Errors.Contains("config.json, line ", StringComparison.Ordinal) && !start.Errors.Contains("   at ", StringComparison.Ordinal)
            ? [] : [$"start {number}: exit code {code}, {start.Errors.Split('\n')[0]}"];
    }

    static bool IsUsable(string folder) => new ConfigFile(new NodeHome(folder), new SecretRedactor()).Load() is not null;

    static void Fill(string disk)
    {
        using var filler = new FileStream(Path.Combine(disk, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(new byte[512]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static Task<LoopbackServer> ApprovingAsync() => LoopbackServer.StartAsync(app => app.MapPost(
        WireNames.PairPath, (HttpContext _) => JsonSerializer.Serialize(new { status = "approved", token = "abc123.a1b2c3d4e5f6" })));
}
