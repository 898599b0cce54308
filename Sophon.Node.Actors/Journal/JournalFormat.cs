using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sophon.Node.Actors.Journal;

/// <summary>
/// The bytes of a journal: records, one after the other, and an end mark that the next record overwrites.
/// A record is its mark, the payload's length and CRC-32C (32 bits each, little-endian), and the payload: JSON in UTF-8.
/// Both marks begin with 0xFF, which UTF-8 never holds: no payload can pass for a record, whoever wrote it.
/// The end mark makes a cut visible wherever it falls, between two records too.
/// </summary>
public static class JournalFormat
{
    const int HeadBytes = 12;
    const int MaxPayloadBytes = 1024 * 1024;

    static ReadOnlySpan<byte> RecordMark => [0xFF, (byte)'J', (byte)'N', (byte)'1'];

    static ReadOnlySpan<byte> EndMark => [0xFF, (byte)'E', (byte)'N', (byte)'D'];

    /// <exception cref="ArgumentException">Larger than 1 MiB.</exception>
    public static void WriteRecord(ArrayBufferWriter<byte> output, JournalRecord record)
    {
        var start = output.WrittenCount;
        output.Write(RecordMark);
        output.GetSpan(8)[..8].Clear();
        output.Advance(8);
        using (var json = new Utf8JsonWriter(output))
            JsonSerializer.Serialize(json, record, JournalJson.Default.JournalRecord);

        // The buffer hands out what it holds for reading only; the head is known last.
        var written = MemoryMarshal.AsMemory(output.WrittenMemory)[start..].Span;
        var payload = written[HeadBytes..];
        if (payload.Length > MaxPayloadBytes) throw new ArgumentException($"a record of {payload.Length} bytes", nameof(record));
        BinaryPrimitives.WriteInt32LittleEndian(written[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(written[8..], Checksum(payload));
    }

    /// <summary>After the last record; the next one goes in its place.</summary>
    public static void WriteEnd(ArrayBufferWriter<byte> output) => output.Write(EndMark);

    /// <summary>Every whole record, in order. What is damaged is skipped up to the next whole one.</summary>
    public static JournalReading Read(ReadOnlySpan<byte> journal)
    {
        var records = new List<JournalRecord>();
        long damaged = 0;
        while (!journal.SequenceEqual(EndMark))
        {
            if (TryReadRecord(journal, out var record, out var size))
            {
                records.Add(record);
            }
            else
            {
                if (journal.IsEmpty) return new(records, damaged, HasEnd: false);
                var next = journal[1..].IndexOf(RecordMark);
                size = next >= 0 ? next + 1 : journal.Length;
                damaged += size;
            }

            journal = journal[size..];
        }

        return new(records, damaged, HasEnd: true);
    }

    static bool TryReadRecord(ReadOnlySpan<byte> journal, out JournalRecord record, out int size)
    {
        (record, size) = (null!, 0);
        if (journal.Length < HeadBytes || !journal.StartsWith(RecordMark)) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(journal[4..]);
        if (length is < 2 or > MaxPayloadBytes || length > journal.Length - HeadBytes) return false;
        var payload = journal.Slice(HeadBytes, length);
        if (Checksum(payload) != BinaryPrimitives.ReadUInt32LittleEndian(journal[8..])) return false;
        size = HeadBytes + length;
        try
        {
            record = JsonSerializer.Deserialize(payload, JournalJson.Default.JournalRecord)!;
            return record is not null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            // Whole, but of another version of this program.
            return false;
        }
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}

/// <summary>What a journal holds.</summary>
/// <param name="DamagedBytes">Skipped.</param>
/// <param name="HasEnd">The end mark is where it belongs: nothing was cut off.</param>
public sealed record JournalReading(IReadOnlyList<JournalRecord> Records, long DamagedBytes, bool HasEnd)
{
    /// <summary>Nobody has written yet.</summary>
    public static JournalReading Nothing { get; } = new([], 0, HasEnd: false);

    /// <summary>Everything that was ever written is there: a command that it does not know has not run here.</summary>
    public bool IsWhole => HasEnd && DamagedBytes == 0;
}
