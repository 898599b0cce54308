using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

/// <summary>The tree dies in the middle, and another one starts on what it has left.</summary>
public sealed class JournalledRouterSpecs : NodeTreeSpec
{
    void TypingHangs() => Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(call => new TaskCompletionSource().Task.WaitAsync(call.Arg<CancellationToken>()));

    [Fact]
    public void Commands_of_a_dead_process_should_be_answered_unknown_and_not_run_again()
    {
        TypingHangs();
        var node = StartOnlineNode();
        var running = Gateway.Execute("input.keyboard.type", new { text = "a" });
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "a" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any() && Journal.Read().Records.Count >= 5);
        KillProcess(node);
        Desktop.Keyboard.ClearReceivedCalls();

        StartOnlineNode();
        foreach (var (id, word) in new[] { (running, "ran"), (waiting, "not begun") })
        {
            var result = AwaitResult(id);
            Assert.Equal((CommandStatus.Unknown, ErrorCode.Internal), (result.Status, result.Error!.Code));
            Assert.Contains(word, result.Error.Message, StringComparison.Ordinal);
            Gateway.Execute("input.keyboard.press", new { keys = "a" }, id: id);
        }

        AssertSucceeded("system.info");
        Eventually(() => Gateway.Results.Where(result => result.CommandId != running && result.CommandId != waiting).Any());
        Assert.Empty(Desktop.Keyboard.ReceivedCalls());
        Assert.All(Gateway.Results.Where(result => result.CommandId == running), result => Assert.Equal(CommandStatus.Unknown, result.Status));
    }

    [Fact]
    public void Result_that_the_gateway_has_not_stored_should_be_sent_by_the_next_process()
    {
        Gateway.OnResult = _ => Task.FromResult(false);
        var node = StartOnlineNode();
        var id = Gateway.Execute("system.info");
        AwaitResult(id);
        KillProcess(node);

        Gateway.OnResult = _ => Task.FromResult(true);
        StartOnlineNode();
        var result = AwaitResult(id);
        Assert.Equal((CommandStatus.Succeeded, "host"), (result.Status, result.Result!.Value.GetProperty("hostName").GetString()));
        Eventually(() => Journal.Read().Records.Contains(new JournalRecord.Acknowledged(id)));
    }

    [Fact]
    public void Result_that_the_gateway_has_stored_should_not_be_sent_again_but_repeated_when_asked()
    {
        var node = StartOnlineNode();
        var id = Gateway.Execute("system.info");
        Eventually(() => Journal.Read().Records.Contains(new JournalRecord.Acknowledged(id)));
        KillProcess(node);

        StartOnlineNode();
        AssertSucceeded("system.info");
        Assert.Equal(0, Gateway.AnswersTo(id));
        Gateway.Execute("system.info", id: id);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(id).Status);
    }

    [Fact]
    public void Full_disk_should_refuse_the_command_and_name_itself()
    {
        StartOnlineNode();
        Journal.IsFull = true;
        var result = Run("input.keyboard.press", new { keys = "a" });
        Assert.Equal((CommandStatus.Failed, ErrorCode.Internal), (result.Status, result.Error!.Code));
        Assert.Contains("disk is full", result.Error.Message, StringComparison.Ordinal);
        Assert.Contains("journal", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(Desktop.Keyboard.ReceivedCalls());

        Journal.IsFull = false;
        Eventually(() => Run("input.keyboard.press", new { keys = "a" }).Status == CommandStatus.Succeeded);
    }

    [Fact]
    public void Full_disk_should_be_told_once_and_its_end_too()
    {
        var changes = CreateTestProbe();
        Sys.EventStream.Subscribe(changes, typeof(NodeEvents.JournalChanged));
        StartOnlineNode();
        Journal.IsFull = true;
        for (var i = 0; i < 3; i++) Assert.Equal(CommandStatus.Failed, Run("system.info").Status);
        Assert.Contains("disk is full", changes.ExpectMsg<NodeEvents.JournalChanged>().Trouble, StringComparison.Ordinal);
        Journal.IsFull = false;
        Eventually(() => Run("system.info").Status == CommandStatus.Succeeded);
        Assert.Null(changes.ExpectMsg<NodeEvents.JournalChanged>().Trouble);
    }

    [Fact]
    public void Capability_should_be_claimed_over_a_whole_journal_only()
    {
        Capability(expected: false);
        Capability(expected: true);
        Journal.Bytes = Journal.Bytes[..^1];
        Capability(expected: false);

        void Capability(bool expected)
        {
            var node = StartOnlineNode();
            Assert.Equal(expected, Gateway.Heartbeats.First().Capabilities!.Contains(Capabilities.Journal));
            KillProcess(node);
        }
    }

    [Fact]
    public void Results_should_not_be_told_to_the_gateway_of_another_pairing()
    {
        Gateway.OnResult = _ => Task.FromResult(false);
        var node = StartOnlineNode();
        AwaitResult(Gateway.Execute("system.info"));
        KillProcess(node);

        Gateway.OnResult = _ => Task.FromResult(true);
        Identity = new(new NodeIdentity(new Uri("http://127.0.0.1:9090"), new NodeToken("other", "0123456789abcdef0123456789abcdef")));
        StartOnlineNode();
        AssertSucceeded("system.info");
        Assert.Single(Gateway.Results);
    }

    [Fact]
    public void Journal_should_hold_nothing_of_what_was_typed_or_copied()
    {
        Desktop.Clipboard.ReadAsync(default).ReturnsForAnyArgs("canary-4711");
        Gateway.OnResult = _ => Task.FromResult(false);
        var node = StartOnlineNode();
        AssertSucceeded("input.keyboard.type", new { text = "canary-4711" });
        AssertSucceeded("clipboard.write", new { text = "canary-4711" });
        var read = Gateway.Execute("clipboard.read");
        Assert.Equal("canary-4711", AwaitResult(read).Result!.Value.GetProperty("text").GetString());
        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(Journal.Bytes), StringComparison.Ordinal);
        KillProcess(node);

        Gateway.OnResult = _ => Task.FromResult(true);
        StartOnlineNode();
        var result = AwaitResult(read);
        Assert.Equal((CommandStatus.Succeeded, null), (result.Status, result.Result));
        Assert.Contains("typed or copied", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_that_is_not_stored_should_be_tried_again_over_the_same_connection()
    {
        var refusals = 0;
        Gateway.OnResult = _ => Task.FromResult(Interlocked.Increment(ref refusals) > 1);
        StartOnlineNode();
        var id = Gateway.Execute("system.info");
        Eventually(() => Gateway.AnswersTo(id) == 2);
        Assert.Single(Gateway.Hubs);
    }
}
