using System.Text.Json;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>Policy, grants, pause, consent and audit with the programs as they are.</summary>
[Trait("kind", "real")]
public sealed class PermissionSpecs
{
    static readonly object Echo = new { command = "echo", args = new[] { "<b>hi</b>", "--help" }, stdin = "in" };

    static async Task<(int Code, string Output)> RunAsync(RunningSystem system, params string[] arguments)
    {
        await using var verb = system.Node.Run(arguments);
        var code = await verb.ExitAsync();
        return (code, verb.Output + verb.Errors);
    }

    [Fact]
    public async Task Person_should_be_asked_and_nobody_else_be_able_to_answer()
    {
        await using var system = await RunningSystem.StartAsync(windowManager: false);
        var person = new DialogWitness(system.Server);
        var asked = system.ExecuteAsync("system.execute", Echo, timeoutSeconds: 120);
        await person.WaitAsync();

        // The agent tries to answer for the person.
        Assert.Equal("paused", (await system.ExecuteAsync("input.keyboard.press", new { keys = "enter" })).Code);
        Assert.Equal("paused", (await system.ExecuteAsync("input.mouse.click", new { x = 751, y = 635 })).Code);
        Assert.Equal("paused", (await system.ExecuteAsync("window.list")).Code);
        await system.SucceedAsync("screen.capture");
        Assert.False(asked.IsCompleted);

        await person.ClickAsync(DialogWitness.TenMinutes);
        var answer = await asked;
        Assert.True(answer.Status == "succeeded", answer.ToString());
        Assert.Equal("<b>hi</b> --help\n", answer.Result!.Value.GetProperty("stdout").GetString());

        // The same call needs no question for ten minutes; it is a grant like others.
        await system.SucceedAsync("system.execute", Echo);
        Assert.Contains("one exact call", (await RunAsync(system, "grants")).Output, StringComparison.Ordinal);
        await RunAsync(system, "grants", "revoke", "all");
        await Eventually.TrueAsync(
            async () =>
            {
                var again = system.ExecuteAsync("system.execute", Echo, timeoutSeconds: 120);
                if (await Task.WhenAny(again, person.WaitAsync()) == again) return false;
                await person.PressAsync("Return");
                return (await again).Code == "denied";
            },
            "the revoked grant is asked for again");
    }

    [Fact]
    public async Task Grant_and_policy_should_take_effect_while_the_node_runs()
    {
        await using var system = await RunningSystem.StartAsync(windowManager: false, nodeConf: "sophon.node.consent.answer-within = 1s");
        Assert.Equal("denied", (await system.ExecuteAsync("system.execute", Echo)).Code);
        Assert.Equal(0, (await RunAsync(system, "grant", "system.execute", "--for", "10m", "--program", "/usr/bin/ech?")).Code);
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("system.execute", Echo)).Status == "succeeded", "the grant holds", TimeSpan.FromSeconds(30));
        Assert.Equal("denied", (await system.ExecuteAsync("system.execute", new { command = "id" })).Code);

        var policy = Path.Combine(system.Node.Home, "policy.conf");
        await File.WriteAllTextAsync(policy, "programs.echo { path = \"*/echo\", decision = deny }\ncommands.deny = [\"clipboard.*\"]");
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("clipboard.read")).Code == "denied", "the policy holds");
        var denied = await system.ExecuteAsync("system.execute", Echo);
        Assert.Contains("policy.conf, line 1: programs.echo", denied.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(policy, "commands {");
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("system.info")).Code == "denied", "an invalid policy denies everything");
        var (code, output) = await RunAsync(system, "policy", "check");
        Assert.Equal(3, code);
        Assert.Contains("line 1", output, StringComparison.Ordinal);
        await using (var second = system.Node.Run("start")) Assert.Equal(3, await second.ExitAsync());
        File.Delete(policy);
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("system.info")).Status == "succeeded", "without a policy the default holds again");
    }

    [Fact]
    public async Task Pause_should_end_what_runs_release_its_keys_and_outlive_a_restart()
    {
        // The slow backend, so that the pause comes in the middle of the typing.
        await using var system = await RunningSystem.StartAsync(windowManager: false, nodeConf: "sophon.node.platform.x11.backend = tools");
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('Q', 9_000) }, timeoutSeconds: 120);
        await Task.WhenAny(typing, Task.Delay(1_000));
        Assert.False(typing.IsCompleted);
        Assert.Equal(0, (await RunAsync(system, "pause")).Code);
        Assert.Equal("paused", (await typing.WaitAsync(TimeSpan.FromSeconds(30))).Code);
        Assert.Equal("paused", (await system.ExecuteAsync("screen.capture")).Code);
        await system.SucceedAsync("system.info");
        Assert.DoesNotContain("=down", await system.Server.RunAsync("xinput", "query-state", "Virtual core XTEST keyboard"), StringComparison.Ordinal);

        system.Node.Process.Terminate();
        Assert.Equal(0, await system.Node.Process.ExitAsync());
        await system.Node.StartAsync();
        Assert.Equal("paused", (await system.ExecuteAsync("screen.capture")).Code);
        Assert.Equal(0, (await RunAsync(system, "resume")).Code);
        await Eventually.TrueAsync(async () => (await system.ExecuteAsync("screen.monitors")).Status == "succeeded", "resumed");
    }

    [Fact]
    public async Task Audit_should_tell_what_happened_and_survive_a_kill()
    {
        await using var system = await RunningSystem.StartAsync(windowManager: false);
        await system.SucceedAsync("clipboard.write", new { text = "c4n4ry-clipboard" });
        await system.ExecuteAsync("screen.region", new { x = 5_000, y = 0, width = 1, height = 1 });
        await system.Node.Process.KillAsync();
        await system.Node.StartAsync();
        await system.SucceedAsync("system.info");

        var (code, output) = await RunAsync(system, "audit", "verify", "--json");
        Assert.True(code == 0, output);
        var head = JsonDocument.Parse(output).RootElement.GetProperty("head");
        var (_, shown) = await RunAsync(system, "audit", "show", "--last", "1000", "--json");
        var events = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToList();
        Assert.Equal(["paired", "nodeStarted", "commandStarted", "commandEnded", "commandStarted", "commandEnded", "nodeStarted", "commandStarted", "commandEnded"], events);
        Assert.DoesNotContain("c4n4ry", shown, StringComparison.Ordinal);

        // A tail that is cut off is found by the head that was told before.
        var file = Directory.EnumerateFiles(Path.Combine(system.Node.Home, "audit")).Single();
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file))[..^2]);
        Assert.Equal(0, (await RunAsync(system, "audit", "verify", "--offline")).Code);
        var (found, why) = await RunAsync(system, "audit", "verify", "--head", $"{head.GetProperty("sequence")}:{head.GetProperty("hash").GetString()}");
        Assert.Equal(1, found);
        Assert.Contains("cut off", why, StringComparison.Ordinal);

        // The Gateway has it from the heartbeats, and is asked.
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file))[..1]);
        var (noticed, told) = await RunAsync(system, "audit", "verify");
        Assert.Equal(1, noticed);
        Assert.Contains("which the Gateway was told of, is missing", told, StringComparison.Ordinal);
        Assert.Contains("The Gateway was asked: it keeps record", told, StringComparison.Ordinal);
    }
}
