using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class CommandLedgerSpecs
{
    readonly FakeTimeProvider time = new();
    readonly MemoryJournal journal = new();

    CommandLedger Ledger(int rememberedIds, long unacknowledgedBytes) =>
        new(journal, new LedgerLimits(rememberedIds, unacknowledgedBytes, TimeSpan.FromHours(24), TimeSpan.FromDays(7)), time);

    static CommandResult Result(string id, int payload = 0) => new(
        id, "n", CommandStatus.Succeeded, payload == 0 ? null : JsonSerializer.SerializeToElement(new string('x', payload)), null, DateTimeOffset.UnixEpoch, 1);

    [Fact]
    public void Command_should_be_answered_once()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Accept("a", "system.info");
        Assert.Equal(1, ledger.InFlight);
        Assert.True(ledger.Answer(Result("a")));
        Assert.False(ledger.Answer(Result("a")));
        Assert.Equal(0, ledger.InFlight);
        Assert.NotNull(ledger.ResultOf("a"));
    }

    [Fact]
    public void Acknowledged_result_should_lose_its_payload_and_keep_its_id()
    {
        var ledger = Ledger(10, 1_000_000);
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
        var ledger = Ledger(10, 6_000);
        foreach (var id in new[] { "a", "b", "c" }) ledger.Answer(Result(id, 2_000));
        Assert.Equal([false, true, true], ledger.Unacknowledged.Select(result => result.Result is not null));
        Assert.All(ledger.Unacknowledged, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
        Assert.Equal(ErrorCode.TooLarge, ledger.Unacknowledged[0].Error!.Code);
        Assert.Equal(1, ledger.DroppedPayloads);
    }

    [Fact]
    public void Only_acknowledged_ids_should_be_forgotten_first()
    {
        var ledger = Ledger(2, 1_000_000);
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
        var ledger = Ledger(10, 1_000_000);
        for (var i = 0; i < 1_000; i++) ledger.Answer(Result($"{i}"));
        Assert.Equal(20, ledger.Unacknowledged.Count);
        Assert.Equal(980, ledger.DroppedResults);
        Assert.False(ledger.Knows("0"));
    }

    [Fact]
    public void Open_commands_should_tell_which_had_started()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Accept("a", "system.info");
        ledger.Accept("b", "system.info");
        ledger.Start("a");
        ledger.Answer(Result("c"));
        Assert.Equal([("a", true), ("b", false)], ledger.Open.Order());
    }

    [Theory]
    [InlineData("input.keyboard.type", false)]
    [InlineData("clipboard.write", false)]
    [InlineData("no.such.command", false)]
    [InlineData("window.move", true)]
    public void Message_that_may_quote_what_was_typed_should_stay_in_memory(string type, bool onDisk)
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Accept("a", type);
        ledger.Answer(Result("a") with { Status = CommandStatus.Failed, Result = null, Error = new CommandError(ErrorCode.InvalidArgument, "keys: \"hunter2\" is no key") });
        var kept = journal.Read().Records.OfType<JournalRecord.Answered>().Single().Result;
        Assert.Equal(ErrorCode.InvalidArgument, kept.Error!.Code);
        Assert.Equal(onDisk, kept.Error.Message.Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains("hunter2", ledger.Unacknowledged.Single().Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_should_be_kept_for_a_day_and_results_for_a_week()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Answer(Result("acknowledged"));
        ledger.Acknowledge("acknowledged");
        ledger.Answer(Result("untold"));
        time.Advance(TimeSpan.FromHours(23));
        ledger.Answer(Result("b"));
        Assert.True(ledger.Knows("acknowledged"));
        time.Advance(TimeSpan.FromHours(2));
        ledger.Answer(Result("c"));
        Assert.False(ledger.Knows("acknowledged"));
        Assert.True(ledger.Knows("untold"));
        time.Advance(TimeSpan.FromDays(6));
        ledger.Answer(Result("d"));
        Assert.False(ledger.Knows("untold"));
        Assert.Equal(1, ledger.DroppedResults);
    }

    [Fact]
    public void Message_without_an_id_should_be_answered_each_time()
    {
        var ledger = Ledger(10, 1_000_000);
        Assert.True(ledger.Answer(Result("")));
        Assert.True(ledger.Answer(Result("")));
        Assert.Empty(ledger.Unacknowledged);
    }

    [Fact]
    public void Command_that_cannot_be_written_down_should_not_be_accepted()
    {
        var ledger = Ledger(10, 1_000_000);
        journal.IsFull = true;
        Assert.Contains("disk is full", Assert.Throws<JournalException>(() => ledger.Accept("a", "system.info")).Message, StringComparison.Ordinal);
        Assert.False(ledger.Knows("a"));
        journal.IsFull = false;
        time.Advance(TimeSpan.FromSeconds(2));
        ledger.Accept("a", "system.info");
        Assert.Null(ledger.JournalTrouble);
    }

    [Fact]
    public void What_could_not_be_written_should_be_written_when_the_disk_takes_it_again()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Accept("a", "system.info");
        journal.IsFull = true;
        Assert.True(ledger.Answer(Result("a")));
        Assert.NotNull(ledger.JournalTrouble);
        journal.IsFull = false;
        time.Advance(TimeSpan.FromSeconds(2));
        ledger.Answer(Result("b"));
        Assert.Equal(["a", "b"], journal.Read().Records.OfType<JournalRecord.Answered>().Select(answered => answered.Result.CommandId));
    }

    [Fact]
    public void Full_disk_should_be_tried_once_a_second_at_most()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Accept("a", "system.info");
        journal.IsFull = true;
        ledger.Answer(Result("a"));
        Assert.Throws<JournalException>(() => ledger.Accept("b", "system.info"));
        journal.IsFull = false;
        Assert.Throws<JournalException>(() => ledger.Accept("b", "system.info"));
        time.Advance(TimeSpan.FromSeconds(2));
        ledger.Accept("b", "system.info");
    }

    [Fact]
    public void Journal_should_be_rewritten_when_it_has_grown()
    {
        var ledger = Ledger(100, 1_000_000);
        var before = 0;
        for (var i = 0; i < 400; i++)
        {
            ledger.Accept($"{i}", "window.list");
            ledger.Answer(Result($"{i}", 60_000));
            ledger.Acknowledge($"{i}");
            before = Math.Max(before, journal.Bytes.Length);
        }

        Assert.InRange(journal.Rewrites, 3, 10);
        Assert.InRange(before, 8_000_000, 9_000_000);
    }

    [Fact]
    public void Results_should_be_told_to_nobody_but_the_gateway_that_asked()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Own("first");
        ledger.Answer(Result("a"));
        ledger.Accept("running", "system.info");
        Assert.Equal(0, ledger.Own("first"));
        Assert.Single(ledger.Unacknowledged);
        Assert.Equal(1, ledger.Own("second"));
        Assert.Empty(ledger.Unacknowledged);
        Assert.False(ledger.Answer(Result("running")));
        Assert.Empty(ledger.Unacknowledged);
        Assert.True(ledger.Answer(Result("b")));
    }

    [Fact]
    public void Reconnect_should_give_a_result_its_tries_anew()
    {
        var ledger = Ledger(10, 1_000_000);
        ledger.Answer(Result("a"));
        Assert.Equal(1, ledger.CountAttempt("a"));
        Assert.Equal(2, ledger.CountAttempt("a"));
        ledger.TakeUnacknowledged();
        Assert.Equal(1, ledger.CountAttempt("a"));
    }
}
