using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>What the ledger has from an earlier life of the process.</summary>
public sealed class LedgerRecovery
{
    /// <summary>No command that a Gateway still counts as open can be older.</summary>
    static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(WireLimits.MaxTimeoutSeconds + 5);

    readonly TimeProvider time;
    readonly long started;
    readonly bool mayLack;

    LedgerRecovery(IJournalStore store, LedgerLimits limits, TimeProvider time)
    {
        (this.time, started) = (time, time.GetTimestamp());
        Ledger = new CommandLedger(store, limits, time);
        var (reading, trouble) = Read(store);
        foreach (var record in reading.Records) Ledger.Apply(record);
        Interrupted = Ledger.Open.Count;
        Ledger.Settle();
        (Untold, DamagedBytes, Trouble, mayLack) = (Ledger.Unacknowledged.Count, reading.DamagedBytes, trouble ?? Ledger.JournalTrouble, !IsComplete(store, reading));
    }

    /// <summary>With every command that was open answered <c>unknown</c>.</summary>
    public CommandLedger Ledger { get; }

    /// <summary>Commands that were open.</summary>
    public int Interrupted { get; }

    /// <summary>Results that the Gateway has not stored, the interrupted ones included.</summary>
    public int Untold { get; }

    /// <summary>Of the journal, skipped.</summary>
    public long DamagedBytes { get; }

    /// <summary>Why the journal can't be read or written; null when it can.</summary>
    public JournalException? Trouble { get; }

    /// <summary>
    /// Whether the Gateway may send again what it sent before. Not when the journal was cut, garbled or deleted, or the machine was switched off
    /// before the system had written it to the disk: then a command that is not in it may have run, until every command from before is past its deadline.
    /// </summary>
    public bool TellsRepetitionsApart => !mayLack || time.GetElapsedTime(started) >= LongestLife;

    public static LedgerRecovery Recover(IJournalStore store, LedgerLimits limits, TimeProvider time) => new(store, limits, time);

    static (JournalReading Reading, JournalException? Trouble) Read(IJournalStore store)
    {
        try
        {
            return (store.Read(), null);
        }
        catch (JournalException trouble)
        {
            return (JournalReading.Nothing, trouble);
        }
    }

    static bool IsComplete(IJournalStore store, JournalReading reading) =>
        reading.IsWhole && reading.Records is [JournalRecord.Begun begun, ..] && (store.IsDurable || BootId.AreSame(begun.Boot, BootId.Current));
}
