using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class LedgerRecoverySpecs(ITestOutputHelper console)
{
    static readonly LedgerLimits Limits = new(10_000, 64 * 1024 * 1024, TimeSpan.FromHours(24), TimeSpan.FromDays(7));

    readonly FakeTimeProvider time = new();

    LedgerRecovery Recover(IJournalStore journal) => LedgerRecovery.Recover(journal, Limits, time);

    static CommandResult Succeeded(string id, int payload = 10) =>
        new(id, "", CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new string('x', payload)), null, DateTimeOffset.UnixEpoch, 1);

    /// <summary>Two hundred commands at every stage: waiting, running, answered, acknowledged. Each one's stage at the end.</summary>
    static Dictionary<string, int> Work(CommandLedger ledger)
    {
        var stages = new Dictionary<string, int>();
        for (var i = 0; i < 200; i++)
        {
            var (id, stage) = ($"command-{i}", i % 4);
            ledger.Accept(id, "window.list");
            if (stage >= 1) ledger.Start(id);
            if (stage >= 2) ledger.Answer(Succeeded(id, i * 20));
            if (stage >= 3) ledger.Acknowledge(id);
            stages[id] = stage;
        }

        return stages;
    }

    [Fact]
    public void Whole_journal_should_bring_everything_back()
    {
        var journal = new MemoryJournal();
        var before = Recover(journal).Ledger;
        var stages = Work(before);
        var after = Recover(journal);
        Assert.Equal((100, 150, 0L), (after.Interrupted, after.Untold, after.DamagedBytes));
        Assert.Equal(0, after.Ledger.InFlight);
        foreach (var (id, stage) in stages)
        {
            Assert.Equal(stage >= 2 ? CommandStatus.Succeeded : CommandStatus.Unknown, after.Ledger.ResultOf(id)!.Status);
            Assert.Equal(stage == 3, after.Ledger.IsAcknowledged(id));
            Assert.Equal(stage == 2, after.Ledger.ResultOf(id)!.Result is not null);
        }

        var third = Recover(journal);
        Assert.Equal(0, third.Interrupted);
        Assert.Equal(after.Ledger.Unacknowledged.Select(result => result.CommandId), third.Ledger.Unacknowledged.Select(result => result.CommandId));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled")]
    [InlineData("zeroed")]
    public void Journal_damaged_at_a_thousand_offsets_should_keep_what_was_whole_and_run_nothing_again(string kind)
    {
        var journal = new MemoryJournal();
        var stages = Work(Recover(journal).Ledger);
        var whole = journal.Bytes;
        var seed = Environment.TickCount;
        console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (kept, unknown) = (0, 0);
        for (var round = 0; round < 1_000; round++)
        {
            var bytes = whole.ToArray();
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(1, 200), bytes.Length - at);
            switch (kind)
            {
                case "cut": bytes = bytes[..at]; break;
                case "garbled": random.NextBytes(bytes.AsSpan(at, length)); break;
                default: bytes.AsSpan(at, length).Clear(); break;
            }

            if (bytes.SequenceEqual(whole)) continue;
            var survivors = JournalFormat.Read(bytes).Records;
            var damaged = new MemoryJournal { Bytes = bytes };
            var recovery = Recover(damaged);
            Assert.False(recovery.TellsRepetitionsApart);
            Assert.Equal(0, recovery.Ledger.InFlight);
            foreach (var (id, stage) in stages)
            {
                var answered = survivors.OfType<JournalRecord.Answered>().Any(record => record.Result.CommandId == id);
                var accepted = survivors.Any(record => record is JournalRecord.Accepted a && a.Id == id);
                if (!recovery.Ledger.Knows(id))
                {
                    // The Gateway won't send it again, since the Node does not claim to tell.
                    Assert.False(accepted || answered);
                    continue;
                }

                var status = recovery.Ledger.ResultOf(id)!.Status;
                Assert.Equal(answered ? CommandStatus.Succeeded : CommandStatus.Unknown, status);
                if (answered) kept++;
                else unknown++;
            }

            Assert.True(JournalFormat.Read(damaged.Bytes).IsWhole);
        }

        console.WriteLine($"{kind} 1,000 times: {kept} results recovered, {unknown} answered unknown, 0 run again");
    }

    [Fact]
    public void Node_should_tell_repetitions_apart_again_when_all_earlier_commands_are_past_their_deadline()
    {
        var recovery = Recover(new MemoryJournal());
        Assert.False(recovery.TellsRepetitionsApart);
        time.Advance(TimeSpan.FromSeconds(WireLimits.MaxTimeoutSeconds));
        Assert.False(recovery.TellsRepetitionsApart);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(recovery.TellsRepetitionsApart);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_another_boot_only_a_durable_journal_should_be_vouched_for(bool durable)
    {
        var journal = new MemoryJournal { IsDurable = durable };
        journal.Rewrite([new JournalRecord.Begun("another boot"), new JournalRecord.Accepted("a", "system.info", time.GetUtcNow())]);
        var recovery = Recover(journal);
        Assert.Equal(durable, recovery.TellsRepetitionsApart);
        Assert.Equal(CommandStatus.Unknown, recovery.Ledger.ResultOf("a")!.Status);
        Assert.True(Recover(journal).TellsRepetitionsApart);
    }

    [Fact]
    public void Large_and_sensitive_answers_should_not_be_on_disk_but_their_status()
    {
        var journal = new MemoryJournal();
        var ledger = Recover(journal).Ledger;
        foreach (var (id, type, size) in new[] { ("large", "screen.capture", 100_000), ("secret", "clipboard.read", 10), ("plain", "window.list", 10) })
        {
            ledger.Accept(id, type);
            ledger.Answer(Succeeded(id, size));
        }

        Assert.All(ledger.Unacknowledged, result => Assert.NotNull(result.Result));
        Assert.InRange(journal.Bytes.Length, 100, 5_000);
        var after = Recover(journal).Ledger;
        Assert.Equal([true, true, false], after.Unacknowledged.Select(result => result.Result is null));
        Assert.All(after.Unacknowledged, result => Assert.Equal(CommandStatus.Succeeded, result.Status));
        Assert.NotNull(after.ResultOf("secret")!.Error);
    }

    [Fact]
    public void Dropped_result_should_not_come_back()
    {
        var journal = new MemoryJournal();
        var ledger = Recover(journal).Ledger;
        ledger.Answer(Succeeded("old"));
        time.Advance(TimeSpan.FromDays(8));
        ledger.Answer(Succeeded("new"));
        Assert.Equal(1, ledger.DroppedResults);
        var after = Recover(journal).Ledger;
        Assert.Equal(["new"], after.Unacknowledged.Select(result => result.CommandId));
        Assert.Equal(0, after.DroppedResults);
    }

    [Fact]
    public void Result_whose_record_is_lost_but_was_stored_should_not_be_sent_as_unknown()
    {
        var journal = new MemoryJournal();
        journal.Rewrite([new JournalRecord.Begun(BootId.Current), new JournalRecord.Accepted("a", "system.info", time.GetUtcNow()), new JournalRecord.Acknowledged("a")]);
        var ledger = Recover(journal).Ledger;
        Assert.True(ledger.Knows("a"));
        Assert.Empty(ledger.Unacknowledged);
    }

    [Fact]
    public void Store_that_cannot_be_written_should_keep_the_memory_and_refuse_commands()
    {
        var journal = new MemoryJournal();
        Work(Recover(journal).Ledger);
        journal.IsFull = true;
        var recovery = Recover(journal);
        Assert.Equal(150, recovery.Untold);
        Assert.NotNull(recovery.Trouble);
        Assert.Throws<JournalException>(() => recovery.Ledger.Accept("next", "system.info"));
    }
}
