using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>What the ledger has from an earlier life of the process.</summary>
/// <param name="Ledger">With every open command answered <c>unknown</c>.</param>
/// <param name="Interrupted">Commands that were open.</param>
/// <param name="Untold">Results that the Gateway has not stored, those included.</param>
/// <param name="DamagedBytes">Of the journal, skipped.</param>
/// <param name="Trouble">Why the journal can't be read, or not be written; null when it can.</param>
/// <param name="mayLack">Commands may have run that the journal lacks.</param>
public sealed class LedgerRecovery(
    CommandLedger ledger, int interrupted, int untold, long damagedBytes, JournalException? trouble, bool mayLack, TimeProvider time)
{
    /// <summary>No command that a Gateway still counts as open can be older.</summary>
    static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(WireLimits.MaxTimeoutSeconds + 5);

    readonly long started = time.GetTimestamp();

    public CommandLedger Ledger => ledger;

    public int Interrupted => interrupted;

    public int Untold => untold;

    public long DamagedBytes => damagedBytes;

    public JournalException? Trouble => trouble;

    /// <summary>
    /// Whether the Gateway may send again what it sent before. Not when the journal was cut, garbled or deleted, or the machine was switched off
    /// before the system had written it to the disk: then a command that is not in it may have run, until every command from before is past its deadline.
    /// </summary>
    public bool TellsRepetitionsApart => !mayLack || time.GetElapsedTime(started) >= LongestLife;

    public static LedgerRecovery Recover(IJournalStore store, LedgerLimits limits, TimeProvider time)
    {
        var ledger = new CommandLedger(store, limits, time);
        var (reading, trouble) = Read(store);
        foreach (var record in reading.Records) ledger.Apply(record);
        var interrupted = ledger.Open.Count;
        ledger.Settle();
        return new(ledger, interrupted, ledger.Unacknowledged.Count, reading.DamagedBytes, trouble ?? ledger.JournalTrouble, !IsComplete(store, reading), time);
    }

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
