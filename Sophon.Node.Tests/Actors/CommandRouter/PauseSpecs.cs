using NSubstitute;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class PauseSpecs : NodeTreeSpec
{
    void Pause() => Policy.Next = Policy.Current with { Pause = new Pause(DateTimeOffset.UtcNow, "me") };

    [Fact]
    public void Everything_but_facts_about_the_machine_should_be_paused_until_resumed()
    {
        Pause();
        Policy.Look();
        StartOnlineNode();
        var parameters = new Dictionary<string, object>
        {
            ["screen.region"] = new { x = 0, y = 0, width = 1, height = 1 }, ["input.mouse.move"] = new { x = 1, y = 1 }, ["input.mouse.click"] = new { x = 1, y = 1 },
            ["input.mouse.scroll"] = new { x = 1, y = 1 }, ["input.keyboard.type"] = new { text = "a" }, ["input.keyboard.press"] = new { keys = "a" },
            ["input.keyboard.hotkey"] = new { keys = "a" }, ["clipboard.write"] = new { text = "a" }, ["app.launch"] = new { name = "a" },
            ["app.close"] = new { name = "a" }, ["app.focus"] = new { name = "a" }, ["window.move"] = new { id = "1", x = 0, y = 0 },
            ["window.minimize"] = new { id = "1" }, ["window.maximize"] = new { id = "1" }, ["system.execute"] = new { command = "true" },
            ["notify.show"] = new { title = "t", message = "m" },
        };
        foreach (var command in CommandCatalog.All)
        {
            var code = Run(command.Name, parameters.GetValueOrDefault(command.Name)).Error?.Code;
            Assert.True(command.Scope == Scopes.SystemInfo ? code != ErrorCode.Paused : code == ErrorCode.Paused, $"{command.Name}: {code}");
        }

        Eventually(() => Gateway.Heartbeats.Last().Paused);
        Policy.Next = Policy.Current with { Pause = null };
        Eventually(() => !Gateway.Heartbeats.Last().Paused);
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public void What_runs_should_be_ended_and_what_waits_be_paused()
    {
        Policy.Programs(Strictness.Allow);
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call => Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>()));
        Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(call => Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>()).ContinueWith<ExecutionResult>(_ => throw new OperationCanceledException(), TaskScheduler.Default));
        StartOnlineNode();
        string[] ids =
        [
            Gateway.Execute("input.keyboard.type", new { text = "a" }), Gateway.Execute("input.keyboard.press", new { keys = "a" }),
            Gateway.Execute("system.execute", new { command = "sleep" }),
        ];
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any() && Desktop.System.ReceivedCalls().Any());
        Pause();
        foreach (var id in ids) Assert.Equal(ErrorCode.Paused, AwaitResult(id).Error!.Code);
        Assert.Single(Desktop.Keyboard.ReceivedCalls());
    }

    [Fact]
    public void Question_on_the_screen_should_be_taken_back()
    {
        StartOnlineNode();
        var id = Gateway.Execute("system.execute", new { command = "true" });
        Eventually(() => !Consent.Questions.IsEmpty);
        Pause();
        Assert.Equal(ErrorCode.Paused, AwaitResult(id).Error!.Code);
        Assert.True(Consent.Questions.First().Withdrawn.IsCancellationRequested);
    }

    [Fact]
    public void Waiting_command_should_be_refused_when_the_policy_becomes_stricter()
    {
        var gate = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(gate.Task);
        StartOnlineNode();
        var running = Gateway.Execute("input.keyboard.type", new { text = "a" });
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Policy.Next = Policy.Current with { Fault = "policy.conf, line 1: nonsense." };
        Assert.Equal(ErrorCode.Denied, AwaitResult(waiting).Error!.Code);
        gate.SetResult();
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(running).Status);
    }
}
