using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Actors.Journal;

public sealed class JournalFormatSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    static Gen<string> Text => ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => string.Concat(text.Get.Where(c => !char.IsSurrogate(c))) + "x");

    static Gen<JournalRecord> Record => Gen.OneOf(
        Text.Select(JournalRecord (text) => new JournalRecord.Begun(text)),
        Text.Select(JournalRecord (text) => new JournalRecord.Owned(text)),
        Text.Select(JournalRecord (text) => new JournalRecord.Accepted(text, "system.info", Noon)),
        Text.Select(JournalRecord (text) => new JournalRecord.Started(text)),
        Text.Select(JournalRecord (text) => new JournalRecord.Answered(new CommandResult(text, "", CommandStatus.Failed, null, new CommandError(ErrorCode.NotFound, text), Noon, 1.5), Noon, true)),
        Text.Select(JournalRecord (text) => new JournalRecord.Acknowledged(text)),
        Text.Select(JournalRecord (text) => new JournalRecord.Forgotten(text)));

    static Arbitrary<JournalRecord[]> Records => Record.NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    /// <summary>The bytes, and where each record ends.</summary>
    static (byte[] Bytes, List<int> Ends) Write(IEnumerable<JournalRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var ends = new List<int>();
        foreach (var record in records)
        {
            JournalFormat.WriteRecord(buffer, record);
            ends.Add(buffer.WrittenCount);
        }

        JournalFormat.WriteEnd(buffer);
        return (buffer.WrittenSpan.ToArray(), ends);
    }

    [Fact]
    public void Records_should_be_read_as_they_were_written() => Prop.ForAll(Records, records =>
    {
        var reading = JournalFormat.Read(Write(records).Bytes);
        return reading.IsWhole && reading.Records.SequenceEqual(records);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cut_at_any_byte_should_keep_what_was_whole_and_be_noticed() => Prop.ForAll(Records, records =>
    {
        var (bytes, ends) = Write(records);
        return Enumerable.Range(0, bytes.Length).All(cut =>
        {
            var reading = JournalFormat.Read(bytes.AsSpan(0, cut));
            return !reading.IsWhole && reading.Records.SequenceEqual(records.Take(ends.Count(end => end <= cut)));
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Garbled_byte_should_cost_its_record_only_and_be_noticed() => Prop.ForAll(Records, ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<byte>(), (records, seed, flip) =>
    {
        var (bytes, ends) = Write(records);
        var at = seed.Get % bytes.Length;
        bytes[at] ^= (byte)(flip | 1);
        var hit = ends.FindIndex(end => at < end);
        var reading = JournalFormat.Read(bytes);
        return !reading.IsWhole && reading.Records.SequenceEqual(records.Where((_, index) => index != hit));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_should_be_read_without_failing() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        var reading = JournalFormat.Read(bytes);
        return reading.Records.Count == 0 && reading.DamagedBytes == bytes.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Zeros_after_a_power_cut_should_be_skipped()
    {
        var (bytes, _) = Write([new JournalRecord.Started("a"), new JournalRecord.Started("b")]);
        var reading = JournalFormat.Read([.. bytes.AsSpan(0, bytes.Length - 4), .. new byte[4096]]);
        Assert.Equal(2, reading.Records.Count);
        Assert.Equal((4096, false), (reading.DamagedBytes, reading.IsWhole));
    }

    [Fact]
    public void Payload_should_not_pass_for_a_record_after_damage()
    {
        var forged = Write([new JournalRecord.Accepted("forged", "system.info", Noon)]).Bytes;
        var (bytes, _) = Write([new JournalRecord.Owned(string.Concat(forged.Select(one => (char)one))), new JournalRecord.Started("last")]);
        bytes[5] ^= 1;
        Assert.Equal([new JournalRecord.Started("last")], JournalFormat.Read(bytes).Records);
    }

    [Fact]
    public void Record_of_a_newer_version_should_be_skipped()
    {
        var (bytes, _) = Write([new JournalRecord.Started("a")]);
        "stopped"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("started"u8)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Checksum(bytes.AsSpan(12, bytes.Length - 16)));
        var reading = JournalFormat.Read(bytes);
        Assert.Empty(reading.Records);
        Assert.False(reading.IsWhole);

        static uint Checksum(ReadOnlySpan<byte> payload)
        {
            var crc = uint.MaxValue;
            foreach (var one in payload) crc = BitOperations.Crc32C(crc, one);
            return ~crc;
        }
    }

    [Fact]
    public void Payload_of_a_result_should_come_back()
    {
        var result = new CommandResult("a", "", CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new { text = "ü ÿ" }), null, Noon, 2);
        var record = Assert.IsType<JournalRecord.Answered>(Assert.Single(JournalFormat.Read(Write([new JournalRecord.Answered(result, Noon, false)]).Bytes).Records));
        Assert.Equal("ü ÿ", record.Result.Result!.Value.GetProperty("text").GetString());
    }
}
