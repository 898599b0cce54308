using System.Text.Json;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>A real Node is killed and comes back: the Gateway's stored status is the truth.</summary>
[Trait("kind", "real")]
public sealed class JournalSpecs
{
    static string Journal(RunningSystem system) => File.ReadAllText(Path.Combine(system.Node.Home, "journal", "commands.journal"));

    [Fact]
    public async Task Killed_node_should_answer_unknown_for_what_it_had()
    {
        await using var system = await RunningSystem.StartAsync();

        // Long enough to be caught at work; the second one waits behind it.
        var typing = system.ExecuteAsync("input.keyboard.type", new { text = new string('é', 3_000) }, timeoutSeconds: 90);
        await Eventually.TrueAsync(() => Journal(system).Contains("\"is\":\"started\"", StringComparison.Ordinal), "typing has begun");
        var waiting = system.ExecuteAsync("input.keyboard.press", new { keys = "a" }, timeoutSeconds: 90);
        await Eventually.TrueAsync(() => Journal(system).Split("\"is\":\"accepted\"").Length == 3, "the other one waits");
        await system.Node.Process.KillAsync();
        await system.Node.StartAsync();

        foreach (var answer in new[] { await typing, await waiting })
        {
            Assert.Equal(("unknown", "internal"), (answer.Status, answer.Code));
            Assert.Contains("process ended", answer.Message, StringComparison.Ordinal);
        }

        await system.SucceedAsync("system.info");
        Assert.DoesNotContain("é", Journal(system), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_was_sent_before_the_node_died_should_be_run_by_its_next_life_once()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.SucceedAsync("system.info");

        // Stopped, it reads nothing: what is sent now lies in the socket and dies with it.
        await TestProcess.RunAsync("kill", ["-STOP", $"{system.Node.Process.ProcessId}"]);
        var asked = system.ExecuteAsync("system.info", timeoutSeconds: 90);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await system.Node.Process.KillAsync();
        await system.Node.StartAsync();
        Assert.Equal("succeeded", (await asked).Status);
    }

    [Fact]
    public async Task Status_should_tell_when_the_actors_last_answered()
    {
        await using var system = await RunningSystem.StartAsync();
        JsonElement status = default;
        await Eventually.TrueAsync(
            async () =>
            {
                await using var run = system.Node.Run("status", "--json");
                var code = await run.ExitAsync();
                status = JsonDocument.Parse(run.Output).RootElement;
                return code == 0 && status.GetProperty("treeRespondedAt").ValueKind == JsonValueKind.String;
            },
            "status tells of a round trip");
        Assert.True(DateTimeOffset.UtcNow - status.GetProperty("treeRespondedAt").GetDateTimeOffset() < TimeSpan.FromMinutes(1));
    }
}
