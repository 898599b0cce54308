namespace Sophon.Node.Actors.Journal;

/// <summary>
/// Keeps a store in step with the memory that it mirrors. What could not be written is not lost: once the store takes records again,
/// everything is written anew from memory, as it is when the store has grown to twice its size.
/// </summary>
/// <param name="everything">The memory, as records.</param>
public sealed class CommandJournal(IJournalStore store, Func<IEnumerable<JournalRecord>> everything, TimeProvider time)
{
    const long SmallestRewrite = 8 * 1024 * 1024;
    static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    long rewriteAt;
    long triedAt;
    bool behind = true;

    /// <summary>Why the last record was not written; null when it was.</summary>
    public JournalException? Trouble { get; private set; }

    /// <summary>Writes a fact before it becomes true.</summary>
    /// <exception cref="JournalException">It was not written: it must not become true.</exception>
    public void Require(JournalRecord record)
    {
        if (!TryCatchUp() || !TryAppend(record)) throw Trouble!;
    }

    /// <summary>Writes a fact that is true already, memory included, whether it can be written or not.</summary>
    public void Note(JournalRecord record)
    {
        if (!behind && store.Length < rewriteAt) TryAppend(record);
        else TryCatchUp();
    }

    /// <summary>Everything that the memory holds is in the store.</summary>
    public bool TryCatchUp()
    {
        if (!behind && store.Length < rewriteAt) return true;
        if (Trouble is not null && time.GetElapsedTime(triedAt) < RetryPause) return false;
        triedAt = time.GetTimestamp();
        behind = !Try(() => store.Rewrite(everything()));
        rewriteAt = Math.Max(SmallestRewrite, 2 * store.Length);
        return !behind;
    }

    bool TryAppend(JournalRecord record)
    {
        behind = !Try(() => store.Append(record));
        return !behind;
    }

    bool Try(Action write)
    {
        try
        {
            write();
            Trouble = null;
            return true;
        }
        catch (JournalException trouble)
        {
            Trouble = trouble;
            return false;
        }
    }
}
