using System.Text.Json;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class CommandLedgerSpecs
{
    static CommandResult Result(string id, int payload = 0) => new(
        id, "n", CommandStatus.Succeeded, payload == 0 ? null : JsonSerializer.SerializeToElement(new string('x', payload)), null, DateTimeOffset.UnixEpoch, 1);

    [Fact]
    public void Command_should_be_answered_once()
    {
        var ledger = new CommandLedger(10, 1_000_000);
        ledger.Accept("a");
        Assert.Equal(1, ledger.InFlight);
        Assert.True(ledger.Answer(Result("a")));
        Assert.False(ledger.Answer(Result("a")));
        Assert.Equal(0, ledger.InFlight);
        Assert.NotNull(ledger.ResultOf("a"));
    }

    [Fact]
    public void Acknowledged_result_should_lose_its_payload_and_keep_its_id()
    {
        var ledger = new CommandLedger(10, 1_000_000);
        ledger.Answer(Result("a", 100));
        Assert.NotNull(Assert.Single(ledger.Unacknowledged).Result);
        ledger.Acknowledge("a");
        ledger.Acknowledge("a");
        Assert.Empty(ledger.Unacknowledged);
        Assert.True(ledger.Knows("a"));
        Assert.Null(ledger.ResultOf("a")!.Result);
    }

    [Fact]
    public void Results_past_the_limit_should_lose_their_payload_oldest_first_but_never_their_status()
    {
        var ledger = new CommandLedger(10, 6_000);
        foreach (var id in new[] { "a", "b", "c" }) ledger.Answer(Result(id, 2_000));
        Assert.Equal([false, true, true], ledger.Unacknowledged.Select(result => result.Result is not null));
        Assert.All(ledger.Unacknowledged, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
        Assert.Equal(ErrorCode.TooLarge, ledger.Unacknowledged[0].Error!.Code);
        Assert.Equal(1, ledger.DroppedPayloads);
    }

    [Fact]
    public void Only_acknowledged_ids_should_be_forgotten_first()
    {
        var ledger = new CommandLedger(2, 1_000_000);
        foreach (var id in new[] { "a", "b", "c" }) ledger.Answer(Result(id));
        Assert.True(ledger.Knows("a"));
        ledger.Acknowledge("a");
        ledger.Answer(Result("d"));
        Assert.False(ledger.Knows("a"));
        Assert.Equal(["b", "c", "d"], ledger.Unacknowledged.Select(result => result.CommandId));
    }

    [Fact]
    public void Gateway_that_never_acknowledges_should_not_fill_the_memory()
    {
        var ledger = new CommandLedger(10, 1_000_000);
        for (var i = 0; i < 1_000; i++) ledger.Answer(Result($"{i}"));
        Assert.Equal(20, ledger.Unacknowledged.Count);
        Assert.False(ledger.Knows("0"));
    }

    [Fact]
    public void Open_commands_should_tell_which_had_started()
    {
        var ledger = new CommandLedger(10, 1_000_000);
        ledger.Accept("a");
        ledger.Accept("b");
        ledger.Start("a");
        ledger.Answer(Result("c"));
        Assert.Equal([("a", true), ("b", false)], ledger.Open.Order());
    }
}
