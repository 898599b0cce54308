using Akka.Actor;
using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Supervision;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Actors.Supervision;

/// <summary>Kills each actor in turn and sees what the table says a person sees.</summary>
public sealed class SupervisionSpecs(ITestOutputHelper console) : NodeTreeSpec
{
    static readonly Dictionary<string, (string Type, object Parameters)> Devices = new()
    {
        ["screen"] = ("screen.monitors", new { }),
        ["input"] = ("input.keyboard.press", new { keys = "a" }),
        ["clipboard"] = ("clipboard.read", new { }),
        ["window"] = ("window.list", new { }),
        ["app"] = ("app.list", new { }),
        ["system"] = ("system.info", new { }),
        ["execute"] = ("system.execute", new { command = "true" }),
        ["notify"] = ("notify.show", new { title = "t", message = "m" }),
    };

    void StartOnlineNodeThatExecutes()
    {
        Policy.Programs(Strictness.Allow);
        Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(new ExecutionResult(0, "", "", false));
        StartOnlineNode();
    }

    [Fact]
    public void Table_should_be_printed_and_cover_every_parent()
    {
        foreach (var row in SupervisionTable.Rows)
            console.WriteLine($"{row.Parent,-19} {row.Child,-19} {row.Exception.Name,-29} {row.Directive,-9} {row.UserSees}");
        foreach (var parent in new[] { "node", "gateway-connection", "command-router", "clipboard" })
        {
            var rows = SupervisionTable.Rows.Where(row => row.Parent == parent).ToList();
            Assert.Equal(typeof(Exception), rows[^1].Exception);
        }
    }

    [Fact]
    public void Killed_pairing_should_leave_the_connection_alone()
    {
        StartOnlineNode();
        Find("pairing").Tell(Kill.Instance);
        AssertSucceeded("system.info");
        AssertSucceeded("system.info");
        Assert.Single(Gateway.Hubs);
    }

    [Fact]
    public void Killed_connection_should_reconnect_and_send_the_results_of_what_ran_meanwhile()
    {
        var gate = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(gate.Task);
        StartOnlineNode();
        var id = Gateway.Execute("input.keyboard.type", new { text = "a" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any());
        Find("gateway-connection").Tell(Kill.Instance);
        Eventually(() => Gateway.Hubs.First().Disposed);
        gate.SetResult();
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(id).Status);
        Assert.Equal(2, Gateway.Hubs.Count);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Killed_hub_should_be_replaced()
    {
        StartOnlineNode();
        Find("gateway-connection/hub-1").Tell(Kill.Instance);
        Eventually(() => Gateway.Hubs.Count == 2);
        Eventually(() => Gateway.Hubs.First().Disposed);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Killed_heartbeat_should_beat_on_over_the_same_connection()
    {
        Settings = Settings with { Heartbeat = new HeartbeatSettings() };
        StartOnlineNode();
        var before = Gateway.Heartbeats.Count;
        Find("heartbeat").Tell(Kill.Instance);
        Eventually(() => Gateway.Heartbeats.Count > before);
        Assert.Single(Gateway.Hubs);
    }

    [Fact]
    public void Killed_router_should_answer_what_it_had_and_go_on_over_the_same_connection()
    {
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call => new TaskCompletionSource().Task.WaitAsync(call.Arg<CancellationToken>()));
        StartOnlineNode();
        var running = Gateway.Execute("input.keyboard.type", new { text = "a" });
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any());
        Find("command-router").Tell(Kill.Instance);
        Assert.Equal(CommandStatus.Unknown, AwaitResult(running).Status);
        Assert.Equal(CommandStatus.Cancelled, AwaitResult(waiting).Status);
        AssertSucceeded("system.info");
        Assert.Equal(1, Gateway.AnswersTo(running));
        Assert.Single(Gateway.Hubs);
    }

    [Theory]
    [InlineData("screen")]
    [InlineData("input")]
    [InlineData("clipboard")]
    [InlineData("window")]
    [InlineData("app")]
    [InlineData("system")]
    [InlineData("execute")]
    [InlineData("notify")]
    public void Killed_device_should_take_the_next_command(string device)
    {
        StartOnlineNodeThatExecutes();
        Find($"command-router/{device}").Tell(Kill.Instance);
        foreach (var (type, parameters) in Devices.Values) AssertSucceeded(type, parameters);
        Assert.Single(Gateway.Hubs);
    }

    [Fact]
    public void Command_of_a_killed_device_should_be_answered_internal()
    {
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call => new TaskCompletionSource().Task.WaitAsync(call.Arg<CancellationToken>()));
        StartOnlineNode();
        var id = Gateway.Execute("input.keyboard.type", new { text = "a" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any());
        Find("command-router/input").Tell(Kill.Instance);
        var result = AwaitResult(id);
        Assert.Equal((CommandStatus.Failed, ErrorCode.Internal), (result.Status, result.Error!.Code));
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public void Killed_helper_actor_should_put_the_text_on_the_clipboard_again()
    {
        Desktop.Clipboard.WriteAsync(null!, default).ReturnsForAnyArgs(_ => Helper());
        StartOnlineNode();
        AssertSucceeded("clipboard.write", new { text = "mine" });
        Find("command-router/clipboard/helper-1").Tell(Kill.Instance);
        Eventually(() => Desktop.Clipboard.ReceivedCalls().Count(call => call.GetMethodInfo().Name == nameof(IClipboard.WriteAsync)) == 2);
        AssertSucceeded("clipboard.read");
    }

    static IHelperProcess Helper()
    {
        var helper = Substitute.For<IHelperProcess>();
        helper.Exited.Returns(new TaskCompletionSource<int>().Task);
        return helper;
    }

    [Fact]
    public void Killed_policy_should_still_see_what_changes()
    {
        StartOnlineNode();
        Find("policy").Tell(Kill.Instance);
        Policy.Next = Policy.Current with { Pause = new Pause(DateTimeOffset.UtcNow, "me") };
        Eventually(() => Run("window.list").Error?.Code == ErrorCode.Paused);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Killed_consent_should_deny_its_command_and_ask_the_next_one()
    {
        StartOnlineNodeThatExecutes();
        Policy.Programs(Strictness.Ask);
        var first = Gateway.Execute("system.execute", new { command = "first" });
        var second = Gateway.Execute("system.execute", new { command = "second" });
        Eventually(() => Consent.Questions.Count == 1);
        Find("command-router/consent").Tell(Kill.Instance);
        Assert.Equal(CommandStatus.Denied, AwaitResult(first).Status);
        Assert.True(Consent.Questions.First().Withdrawn.IsCancellationRequested);
        Eventually(() => Consent.Questions.Count == 2);
        Consent.Questions.Last().Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(second).Status);
    }

    [Fact]
    public void Branch_that_fails_again_and_again_should_stop_the_node_for_good()
    {
        var failed = CreateTestProbe();
        Sys.EventStream.Subscribe(failed, typeof(NodeEvents.NodeFailed));
        var node = Watch(StartOnlineNode());
        var router = Find("command-router");
        for (var i = 0; i < 11; i++) router.Tell(Kill.Instance);
        failed.ExpectMsg<NodeEvents.NodeFailed>(TimeSpan.FromSeconds(10));
        ExpectTerminated(node);
    }
}
