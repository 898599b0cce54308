using System.Text.Json;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class CommandRouterSpecs : NodeTreeSpec
{
    /// <summary>Typing hangs until its command is cancelled, or for good.</summary>
    void TypingHangs(bool heedsCancellation = true) => Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call =>
        heedsCancellation ? new TaskCompletionSource().Task.WaitAsync(call.Arg<CancellationToken>()) : new TaskCompletionSource().Task);

    [Fact]
    public void Thousand_pipelined_commands_should_each_be_answered_once_and_in_order_per_device()
    {
        StartOnlineNode();
        var ids = Enumerable.Range(0, 1_000).Select(_ => Gateway.Execute("system.info")).ToList();
        Eventually(() => Gateway.Results.Count >= 1_000);
        Assert.Equal(ids, Gateway.Results.Select(result => result.CommandId));
        Assert.All(Gateway.Results, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
    }

    [Fact]
    public void Devices_should_run_side_by_side()
    {
        TypingHangs();
        StartOnlineNode();
        var typing = Gateway.Execute("input.keyboard.type", new { text = "a" });
        AssertSucceeded("system.info");
        Assert.Null(Gateway.ResultOf(typing));
    }

    [Fact]
    public void Duplicate_of_an_answered_command_should_be_answered_without_running_again()
    {
        StartOnlineNode();
        AwaitResult(Gateway.Execute("input.keyboard.press", new { keys = "a" }, id: "one"));
        Gateway.Execute("input.keyboard.press", new { keys = "a" }, id: "one");
        Eventually(() => Gateway.AnswersTo("one") == 2);
        Assert.Single(Desktop.Keyboard.ReceivedCalls());
        Assert.All(Gateway.Results, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
    }

    [Fact]
    public void Duplicate_of_a_running_command_should_be_answered_once()
    {
        var gate = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(gate.Task);
        StartOnlineNode();
        Gateway.Execute("input.keyboard.type", new { text = "a" }, id: "one");
        Gateway.Execute("input.keyboard.type", new { text = "a" }, id: "one");
        AssertSucceeded("system.info");
        gate.SetResult();
        AwaitResult("one");
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
        Assert.Equal(1, Gateway.AnswersTo("one"));
        Assert.Equal(2, Desktop.Keyboard.ReceivedCalls().Count());
    }

    [Fact]
    public void Command_past_its_deadline_should_be_timed_out_and_the_device_go_on()
    {
        TypingHangs();
        StartOnlineNode();
        var result = Run("input.keyboard.type", new { text = "a" }, timeoutSeconds: 1);
        Assert.Equal((CommandStatus.TimedOut, ErrorCode.TimedOut), (result.Status, result.Error!.Code));
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public void Waiting_command_should_be_timed_out_without_having_run()
    {
        TypingHangs();
        StartOnlineNode();
        Gateway.Execute("input.keyboard.type", new { text = "a" });
        var result = Run("input.keyboard.press", new { keys = "a" }, timeoutSeconds: 1);
        Assert.Equal(CommandStatus.TimedOut, result.Status);
        Assert.Contains("did not run", result.Error!.Message, StringComparison.Ordinal);
        Assert.Single(Desktop.Keyboard.ReceivedCalls());
    }

    [Fact]
    public void Call_that_ignores_its_cancellation_should_cost_its_device_a_restart_only()
    {
        TypingHangs(heedsCancellation: false);
        StartOnlineNode();
        var stuck = Gateway.Execute("input.keyboard.type", new { text = "a" }, timeoutSeconds: 1);
        var next = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Assert.Equal(CommandStatus.TimedOut, AwaitResult(stuck).Status);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(next).Status);
        Assert.Equal(1, Gateway.AnswersTo(stuck));
    }

    [Fact]
    public void Cancel_should_end_running_and_waiting_commands()
    {
        TypingHangs();
        StartOnlineNode();
        var running = Gateway.Execute("input.keyboard.type", new { text = "a" });
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Gateway.Current.Listener.OnCancelCommand(new CancelCommand(waiting));
        Gateway.Current.Listener.OnCancelCommand(new CancelCommand(running));
        Assert.Equal(CommandStatus.Cancelled, AwaitResult(waiting).Status);
        Assert.Equal(CommandStatus.Cancelled, AwaitResult(running).Status);
        Assert.Single(Desktop.Keyboard.ReceivedCalls());
    }

    [Fact]
    public void Full_queue_should_be_answered_busy_at_once()
    {
        Settings = Settings with { Commands = Settings.Commands with { QueueLimit = 3 } };
        TypingHangs();
        StartOnlineNode();
        for (var i = 0; i < 3; i++) Gateway.Execute("input.keyboard.type", new { text = "a" });
        var result = Run("input.keyboard.press", new { keys = "a" });
        Assert.Equal(ErrorCode.Busy, result.Error!.Code);
        Assert.True(result.Error.Detail!.Value.GetProperty("retryAfterMs").GetInt32() > 0);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Command_without_scopes_should_be_denied_until_the_gateway_has_sent_them()
    {
        Gateway.Scopes = null;
        StartOnlineNode();
        Assert.Equal(ErrorCode.Denied, Run("system.info").Error!.Code);
        Gateway.Current.Listener.OnUpdateScopes(new UpdateScopes([Scopes.SystemInfo]));
        AssertSucceeded("system.info");
        var denied = Run("screen.monitors");
        Assert.Equal(CommandStatus.Denied, denied.Status);
        Assert.Contains(Scopes.ScreenCapture, denied.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_platform_failure_should_be_a_typed_error()
    {
        StartOnlineNode();
        (Exception, ErrorCode)[] failures =
        [
            (new ToolMissingException("xdotool", "sudo apt install xdotool"), ErrorCode.ToolMissing),
            (new DisplayUnavailableException("no display"), ErrorCode.DisplayUnavailable),
            (new UnsupportedException("no"), ErrorCode.Unsupported),
            (new NotFoundException("no"), ErrorCode.NotFound),
            (new InvalidInputException("no"), ErrorCode.InvalidArgument),
            (new ActionFailedException("no"), ErrorCode.Internal),
            (new InvalidOperationException("a bug"), ErrorCode.Internal),
        ];
        foreach (var (failure, code) in failures)
        {
            Desktop.Notifications.ShowAsync(null!, null!, default).ThrowsAsyncForAnyArgs(failure);
            Assert.Equal(code, Run("notify.show", new { title = "t", message = "m" }).Error!.Code);
        }
    }

    [Fact]
    public void Unexpected_failure_of_a_sensitive_command_should_not_show_its_message()
    {
        Desktop.Clipboard.ReadAsync(default).ThrowsAsyncForAnyArgs(new InvalidOperationException("canary-4711"));
        StartOnlineNode();
        Assert.DoesNotContain("canary", JsonSerializer.Serialize(Run("clipboard.read")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[1]""")]
    [InlineData("""{"type":"system.info"}""")]
    [InlineData("""{"commandId":7,"type":"system.info"}""")]
    [InlineData("""{"commandId":"bad"}""")]
    [InlineData("""{"commandId":"bad","type":"system.info","timeoutSeconds":0}""")]
    [InlineData("""{"commandId":"bad","type":"system.info","timeoutSeconds":121}""")]
    [InlineData("""{"commandId":"bad","type":"system.info","timeoutSeconds":"x"}""")]
    [InlineData("""{"commandId":"bad","type":"system.info","parameters":[]}""")]
    public void Malformed_command_should_get_a_typed_answer(string json)
    {
        StartOnlineNode();
        Gateway.Current.Listener.OnExecuteCommand(JsonDocument.Parse(json).RootElement);
        Eventually(() => !Gateway.Results.IsEmpty);
        Assert.Equal(ErrorCode.InvalidArgument, Gateway.Results.First().Error!.Code);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Unknown_command_should_be_named()
    {
        StartOnlineNode();
        var result = Run("screen.melt");
        Assert.Equal(ErrorCode.UnknownCommand, result.Error!.Code);
        Assert.Contains("screen.melt", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Unsupported, Run("screen.queryElements").Error!.Code);
    }

    [Fact]
    public void Live_output_should_reach_the_gateway_in_order()
    {
        Policy.Programs(Strictness.Allow);
        Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(call =>
        {
            call.Arg<Action<ExecutionOutput>>()(new ExecutionOutput(false, "a"));
            call.Arg<Action<ExecutionOutput>>()(new ExecutionOutput(true, "b"));
            return new ExecutionResult(0, "a", "b", false);
        });
        StartOnlineNode();
        AssertSucceeded("system.execute", new { command = "true" });
        Eventually(() => Gateway.Outputs.Count == 2);
        Assert.Equal([(0, "stdout", "a"), (1, "stderr", "b")], Gateway.Outputs.Select(output => (output.Sequence, output.Stream, output.Text)));
    }
}
