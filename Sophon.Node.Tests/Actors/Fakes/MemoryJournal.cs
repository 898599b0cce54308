using System.Buffers;
using Sophon.Node.Actors.Journal;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>A journal's bytes in memory: they survive the tree, and a test may cut and garble them.</summary>
sealed class MemoryJournal : IJournalStore
{
    readonly ArrayBufferWriter<byte> buffer = new();

    public byte[] Bytes { get; set; } = [];

    /// <summary>The disk is full.</summary>
    public bool IsFull { get; set; }

    /// <summary>Called before each record is written.</summary>
    public Action OnAppend { get; set; } = () => { };

    public int Rewrites { get; private set; }

    public long Length => Math.Max(0, Bytes.Length - 4);

    public bool IsDurable { get; set; }

    public JournalReading Read() => Bytes.Length == 0 ? JournalReading.Nothing : JournalFormat.Read(Bytes);

    public void Append(JournalRecord record)
    {
        OnAppend();
        if (IsFull) throw Full();
        Bytes = [.. Bytes.AsSpan(0, (int)Length), .. Encode([record])];
    }

    public void Rewrite(IEnumerable<JournalRecord> records)
    {
        if (IsFull) throw Full();
        Bytes = Encode(records);
        Rewrites++;
    }

    byte[] Encode(IEnumerable<JournalRecord> records)
    {
        buffer.ResetWrittenCount();
        foreach (var record in records) JournalFormat.WriteRecord(buffer, record);
        JournalFormat.WriteEnd(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static JournalException Full() => new("The journal in ~/.sophon-node/journal can't be used: the disk is full.");
}
