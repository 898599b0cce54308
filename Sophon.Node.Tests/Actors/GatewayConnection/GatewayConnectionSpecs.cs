using Akka.Actor;
using Akka.TestKit;
using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.GatewayConnection;

public sealed class GatewayConnectionSpecs : NodeTreeSpec
{
    TestProbe Listen<T>()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe, typeof(T));
        return probe;
    }

    [Fact]
    public void Node_should_come_online_by_itself_when_it_is_paired()
    {
        var connected = Listen<NodeEvents.ConnectedToGateway>();
        var acknowledged = Listen<NodeEvents.HeartbeatAcknowledged>();
        StartNode();

        connected.ExpectMsg<NodeEvents.ConnectedToGateway>();
        acknowledged.ExpectMsg<NodeEvents.HeartbeatAcknowledged>();
        var heartbeat = Gateway.Heartbeats.First();
        Assert.Equal(("abc123", "online", "linux", "active"), (heartbeat.NodeId, heartbeat.Status, heartbeat.Platform, heartbeat.SessionState));
    }

    [Fact]
    public void Clock_that_is_wrong_should_be_named_at_the_connection()
    {
        var skewed = Listen<NodeEvents.ClockSkewed>();
        Gateway.ClockDifference = TimeSpan.FromHours(-24);
        StartOnlineNode();
        Assert.Equal(TimeSpan.FromHours(-24), skewed.ExpectMsg<NodeEvents.ClockSkewed>().Difference);
        Gateway.Current.Drop();
        Eventually(() => Gateway.Hubs.Count == 2);
        skewed.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Unpaired_node_should_not_connect()
    {
        Identity = new(null);
        StartNode();
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        Assert.Empty(Gateway.Hubs);
    }

    [Fact]
    public void Lost_connection_should_be_made_anew_and_the_old_one_disposed()
    {
        var lost = Listen<NodeEvents.ConnectionLost>();
        StartOnlineNode();
        var first = Gateway.Current;
        first.Drop("cable pulled");

        Assert.Contains("cable pulled", lost.ExpectMsg<NodeEvents.ConnectionLost>().Reason, StringComparison.Ordinal);
        Eventually(() => Gateway.Hubs.Count == 2 && first.Disposed);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Gateway_absent_at_start_should_be_tried_until_it_is_there()
    {
        var attempts = 0;
        Gateway.OnStart = _ => Interlocked.Increment(ref attempts) < 5 ? Task.FromException(new HttpRequestException("Connection refused")) : Task.CompletedTask;
        StartOnlineNode();
        Assert.Equal(5, Gateway.Hubs.Count);
    }

    [Fact]
    public void Hanging_start_should_be_given_up_after_the_connect_timeout()
    {
        Settings = Settings with { Gateway = Settings.Gateway with { ConnectTimeout = TimeSpan.FromMilliseconds(100) } };
        var attempts = 0;
        Gateway.OnStart = token => Interlocked.Increment(ref attempts) == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        StartOnlineNode();
        Assert.True(Gateway.Hubs.First().Disposed);
    }

    [Theory]
    [InlineData(DisconnectReasons.Unauthorized)]
    [InlineData(DisconnectReasons.NotApproved)]
    [InlineData(DisconnectReasons.Revoked)]
    public void Refused_token_should_not_be_tried_again(string reason)
    {
        var refused = Listen<NodeEvents.ConnectionRefused>();
        Gateway.OnStart = _ => Task.FromException(new HubRefusedException(reason));
        StartNode();

        Assert.Equal(reason, refused.ExpectMsg<NodeEvents.ConnectionRefused>().Reason);
        ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        Assert.Single(Gateway.Hubs);
        Assert.NotNull(Identity.Stored);
    }

    [Fact]
    public void Superseded_connection_should_not_fight_back()
    {
        var refused = Listen<NodeEvents.ConnectionRefused>();
        StartOnlineNode();
        Gateway.Current.Listener.OnDisconnecting(new Disconnecting(DisconnectReasons.Superseded));
        Gateway.Current.Drop();

        Assert.Equal(DisconnectReasons.Superseded, refused.ExpectMsg<NodeEvents.ConnectionRefused>().Reason);
        ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        Assert.Single(Gateway.Hubs);
    }

    [Fact]
    public void Gateway_that_shuts_down_should_be_tried_again()
    {
        StartOnlineNode();
        Gateway.Current.Listener.OnDisconnecting(new Disconnecting(DisconnectReasons.ShuttingDown));
        Gateway.Current.Drop();
        Eventually(() => Gateway.Hubs.Count == 2);
    }

    [Fact]
    public void Revocation_should_cancel_commands_delete_the_token_and_end_the_connection()
    {
        var never = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call => never.Task.WaitAsync(call.Arg<CancellationToken>()));
        var refused = Listen<NodeEvents.ConnectionRefused>();
        StartOnlineNode();
        var hub = Gateway.Current;
        var id = Gateway.Execute("input.keyboard.type", new { text = "a" });
        hub.Listener.OnRevoke(new Revoke("by admin"));

        Assert.Equal(DisconnectReasons.Revoked, refused.ExpectMsg<NodeEvents.ConnectionRefused>().Reason);
        Eventually(() => Identity.Stored is null && hub.Disposed);
        Eventually(() => Desktop.Keyboard.ReceivedCalls().All(call => ((CancellationToken)call.GetArguments()[1]!).IsCancellationRequested));
        Assert.NotNull(id);
        Assert.Single(Gateway.Hubs);
    }

    [Fact]
    public void Silence_past_the_limit_should_restart_the_connection()
    {
        Settings = Settings with { Heartbeat = new HeartbeatSettings(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(600)) };
        Gateway.OnHeartbeat = () => Gateway.Hubs.Count == 1 ? new TaskCompletionSource().Task : Task.CompletedTask;
        var lost = Listen<NodeEvents.ConnectionLost>();
        StartNode();

        Assert.Contains("no heartbeat acknowledged", lost.ExpectMsg<NodeEvents.ConnectionLost>().Reason, StringComparison.Ordinal);
        Eventually(() => Gateway.Hubs.Count >= 2);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Silence_on_a_fresh_connection_too_should_end_the_program()
    {
        Settings = Settings with { Heartbeat = new HeartbeatSettings(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(600)) };
        Gateway.OnHeartbeat = () => new TaskCompletionSource().Task;
        var failed = Listen<NodeEvents.NodeFailed>();
        var node = Watch(StartNode());
        failed.ExpectMsg<NodeEvents.NodeFailed>(TimeSpan.FromSeconds(20));
        ExpectTerminated(node);
        Assert.Equal(2, Gateway.Hubs.Count);
    }

    [Fact]
    public void Silence_that_a_fresh_connection_cured_should_not_be_counted_later()
    {
        Settings = Settings with { Heartbeat = new HeartbeatSettings(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(600)) };
        Gateway.OnHeartbeat = () => Gateway.Hubs.Count is 1 or 3 ? new TaskCompletionSource().Task : Task.CompletedTask;
        var acknowledged = Listen<NodeEvents.HeartbeatAcknowledged>();
        StartNode();
        acknowledged.ExpectMsg<NodeEvents.HeartbeatAcknowledged>();
        Gateway.Current.Drop();
        Eventually(() => Gateway.Hubs.Count >= 4);
        AssertSucceeded("system.info");
    }

    [Fact]
    public void Result_that_was_lost_with_the_connection_should_be_sent_on_the_next_one()
    {
        Gateway.OnResult = _ => Gateway.Hubs.Count == 1 ? Task.FromException<bool>(new IOException("gone")) : Task.FromResult(true);
        StartOnlineNode();
        var id = Gateway.Execute("system.info");
        Eventually(() => Gateway.AnswersTo(id) == 1);
        Gateway.Current.Drop();
        Eventually(() => Gateway.AnswersTo(id) == 2);
        Assert.All(Gateway.Results, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
    }

    [Fact]
    public void Draining_should_answer_what_runs_and_close_the_connection()
    {
        var gate = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(gate.Task);
        var node = StartOnlineNode();
        var running = Gateway.Execute("input.keyboard.type", new { text = "a" });
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any());

        node.Tell(new NodeSupervisorMessages.Drain());
        Assert.Equal(CommandStatus.Cancelled, AwaitResult(waiting).Status);
        Assert.Equal(CommandStatus.Cancelled, Run("system.info").Status);
        gate.SetResult();
        ExpectMsg<NodeSupervisorMessages.Drained>();
        Assert.Equal(CommandStatus.Succeeded, Gateway.ResultOf(running)!.Status);
        Assert.True(Gateway.Current.Disposed);
    }
}
