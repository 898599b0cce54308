using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.Audit;

/// <summary>Walks the chain line by line and finds what was changed, dropped, doubled, put elsewhere or cut off.</summary>
/// <param name="expected">The head that somebody else has kept (the Gateway): without it a cut tail can't be found. Null: none is known.</param>
public sealed class AuditVerifier(AuditHead? expected)
{
    readonly List<AuditFault> faults = [];
    AuditHead? last;
    long first;
    long oldest = 1;
    bool met;
    int records;

    /// <param name="line">Without its newline.</param>
    public void Take(string file, int number, ReadOnlySpan<byte> line)
    {
        if (AuditRecord.Read(line) is not { } record)
        {
            faults.Add(new(file, number, "this line is no record: it was changed, or written by something else"));
            return;
        }

        records++;
        if (!record.Intact) faults.Add(new(file, number, $"record {record.Sequence} was changed: its content does not give its hash"));
        if (last is null)
        {
            first = record.Sequence;
            if (first == 1 && record.Previous != AuditRecord.Genesis.Hash) faults.Add(new(file, number, "the first record names one before it"));
        }
        else if (record.Sequence != last.Sequence + 1) faults.Add(new(file, number, $"record {last.Sequence + 1} should stand here, and record {record.Sequence} does: records were dropped, doubled or put elsewhere"));
        else if (record.Previous != last.Hash) faults.Add(new(file, number, $"record {record.Sequence} does not follow the record before it: one of the two was replaced"));

        if (record.Oldest is { } kept && record.Event == AuditEvents.Rotated) oldest = kept;
        if (record.Sequence == expected?.Sequence)
        {
            met = true;
            if (record.Hash != expected.Hash) faults.Add(new(file, number, $"record {record.Sequence} is another one than the Gateway was told of: the chain was rewritten"));
        }

        last = record.Head;
    }

    /// <param name="bytes">After the last newline.</param>
    public void TakeTornEnd(string file, int number, int bytes) =>
        faults.Add(new(file, number, $"the file ends in {bytes} bytes of an unfinished record: the Node died while it wrote, or the end was cut. The next record repairs it"));

    public AuditReport Finish()
    {
        if (last is not null && first > oldest) faults.Insert(0, new(null, null, $"the records {oldest} to {first - 1} are missing"));
        if (expected is { Sequence: > 0 } && !met) faults.Add(new(null, null, $"record {expected.Sequence}, which the Gateway was told of, is missing: the chain ends at {last?.Sequence ?? 0}, its tail was cut off"));
        return new(faults.Count == 0, records, last, faults);
    }

}

/// <param name="File">Null when the fault is of no single file.</param>
/// <param name="Line">From 1.</param>
public sealed record AuditFault(string? File, int? Line, string Message)
{
    public override string ToString() => File is null ? Message : $"{File}, line {Line}: {Message}";
}

/// <param name="Head">Of the last record; null when there is none.</param>
public sealed record AuditReport(bool Intact, int Records, AuditHead? Head, IReadOnlyList<AuditFault> Faults);
