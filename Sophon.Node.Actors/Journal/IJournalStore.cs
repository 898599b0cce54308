namespace Sophon.Node.Actors.Journal;

/// <summary>Where the journal's records are kept. One owner at a time; not thread-safe.</summary>
public interface IJournalStore
{
    /// <summary>Bytes, all in all.</summary>
    long Length { get; }

    /// <summary>A record outlives not only the process, but the machine's power too.</summary>
    bool IsDurable { get; }

    /// <summary>What an earlier life of the program has left.</summary>
    /// <exception cref="JournalException">It is there and can't be read.</exception>
    JournalReading Read();

    /// <summary>When it returns, the record outlives the process.</summary>
    /// <exception cref="JournalException">It was not written, not even in part.</exception>
    void Append(JournalRecord record);

    /// <summary>Replaces everything; needed once before the first <see cref="Append"/>.</summary>
    /// <exception cref="JournalException">Nothing changed.</exception>
    void Rewrite(IEnumerable<JournalRecord> records);
}

/// <summary>The journal can't be written or read.</summary>
/// <param name="message">Names the place, the reason and the cure.</param>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
