using System.Buffers.Text;
using System.Runtime.InteropServices;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>
/// Which commands were taken, which were answered, and which answers the Gateway has not stored yet: so that each runs at most once and is answered once.
/// Its memory outlives a restart of the router; the journal beneath it outlives the process. One owner; not thread-safe.
/// </summary>
public sealed class CommandLedger
{
    sealed class Entry
    {
        public required DateTimeOffset At;
        public string Type = "";
        public bool Started;
        public bool Disowned;
        public CommandResult? Result;
        public bool Acknowledged;
        public int Attempts;
    }

    const int LargestPayloadOnDisk = 64 * 1024;
    const string MessageWithheld = "The Node was restarted since; what it said then may quote what was typed or copied, and is not kept on disk.";

    readonly LedgerLimits limits;
    readonly TimeProvider time;
    readonly CommandJournal journal;
    readonly Dictionary<string, Entry> entries = [];
    readonly LinkedList<string> answered = new();
    readonly Queue<string> waitingForAcknowledgement = new();
    string? owner;
    long waitingBytes;

    /// <summary>Empty; <see cref="LedgerRecovery"/> brings back what the store holds.</summary>
    public CommandLedger(IJournalStore store, LedgerLimits limits, TimeProvider time)
    {
        (this.limits, this.time) = (limits, time);
        journal = new CommandJournal(store, Records, time);
    }

    /// <summary>Taken and not answered.</summary>
    public int InFlight { get; private set; }

    /// <summary>Results that lost their payload since the process started.</summary>
    public int DroppedPayloads { get; private set; }

    /// <summary>Results that were dropped as a whole since the process started: too many, or too old, and the Gateway never stored them.</summary>
    public int DroppedResults { get; private set; }

    /// <summary>Why the journal can't be written; null when it can.</summary>
    public JournalException? JournalTrouble => journal.Trouble;

    public bool Knows(string id) => entries.ContainsKey(id);

    /// <summary>Null while it is in flight or unknown.</summary>
    public CommandResult? ResultOf(string id) => entries.GetValueOrDefault(id)?.Result;

    public bool IsAcknowledged(string id) => entries.GetValueOrDefault(id)?.Acknowledged ?? true;

    /// <summary>Results are told to nobody but the Gateway that asked: those of another one are forgotten.</summary>
    /// <returns>How many had not been told yet.</returns>
    public int Own(string newOwner)
    {
        if (newOwner == owner) return 0;
        var untold = Unacknowledged.Count;
        Apply(new JournalRecord.Owned(newOwner));
        journal.Note(new JournalRecord.Owned(newOwner));
        return untold;
    }

    /// <summary>From here on it is never run again, whatever dies.</summary>
    /// <exception cref="JournalException">It can't be written down, so it must not run.</exception>
    public void Accept(string id, string type)
    {
        var accepted = new JournalRecord.Accepted(id, type, time.GetUtcNow());
        journal.Require(accepted);
        Apply(accepted);
    }

    public void Start(string id)
    {
        var started = new JournalRecord.Started(id);
        Apply(started);
        journal.Note(started);
    }

    /// <summary>In flight, and whether the device had begun: what a restarted router has to answer.</summary>
    public IReadOnlyList<(string Id, bool Started)> Open => [.. entries.Where(entry => entry.Value.Result is null).Select(entry => (entry.Key, entry.Value.Started))];

    /// <summary>Records the end of a command, accepted before or refused at once. False when nobody is to be told: it was answered before, or its Gateway is not ours any more.</summary>
    public bool Answer(CommandResult result)
    {
        // A message without an id of its own: nobody can ask for it again.
        if (result.CommandId.Length == 0) return true;
        if (!TryEnd(result, time.GetUtcNow())) return false;
        journal.Note(OnDisk(result, entries[result.CommandId]));
        ForgetOld();
        return !IsAcknowledged(result.CommandId);
    }

    /// <summary>The Gateway has it: the payload is forgotten, the id kept.</summary>
    public void Acknowledge(string id)
    {
        if (TryAcknowledge(id)) journal.Note(new JournalRecord.Acknowledged(id));
    }

    /// <summary>Counts the tries to hand over one result.</summary>
    public int CountAttempt(string id) => entries.TryGetValue(id, out var entry) ? ++entry.Attempts : 0;

    /// <summary>In the order of their answers, each with its tries to come.</summary>
    public IReadOnlyList<CommandResult> TakeUnacknowledged()
    {
        var results = Unacknowledged;
        foreach (var result in results) entries[result.CommandId].Attempts = 0;
        return results;
    }

    /// <summary>In the order of their answers.</summary>
    public IReadOnlyList<CommandResult> Unacknowledged =>
        [.. waitingForAcknowledgement.Where(id => !IsAcknowledged(id)).Select(id => entries[id].Result!)];

    public static long SizeOf(CommandResult result) =>
        512 + ResultBytes(result);

    /// <summary>UTF-8 bytes of the answer, its image as base64 included.</summary>
    public static long ResultBytes(CommandResult result) =>
        (result.Result is { } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0L) + (result.Image is { } image ? Base64.GetMaxEncodedToUtf8Length(image.Length) : 0L);

    /// <summary>Makes a recorded fact true again.</summary>
    internal void Apply(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Owned owned:
                if (owner is not null && owner != owned.Owner) Disown();
                owner = owned.Owner;
                break;
            case JournalRecord.Accepted accepted when !Knows(accepted.Id):
                Add(accepted.Id, accepted.Type, accepted.At);
                break;
            case JournalRecord.Started started:
                if (!entries.TryGetValue(started.Id, out var begun)) begun = Add(started.Id, "", time.GetUtcNow());
                begun.Started = true;
                break;
            case JournalRecord.Answered answer:
                TryEnd(answer.Withheld ? LedgerAnswers.Withheld(answer.Result) : answer.Result, answer.At);
                break;
            case JournalRecord.Acknowledged acknowledged:
                if (ResultOf(acknowledged.Id) is null) TryEnd(LedgerAnswers.LostButStored(acknowledged.Id, time.GetUtcNow()), time.GetUtcNow());
                TryAcknowledge(acknowledged.Id);
                break;
            case JournalRecord.Forgotten forgotten when ResultOf(forgotten.Id) is not null:
                Forget(forgotten.Id);
                break;
        }
    }

    /// <summary>After a recovery: answers what was open, forgets what is old, and writes the journal anew.</summary>
    internal void Settle()
    {
        foreach (var (id, entry) in entries.Where(entry => entry.Value.Result is null).ToList())
            TryEnd(LedgerAnswers.Unknown(id, entry.Type, entry.Started, entry.At), time.GetUtcNow());
        ForgetOld();
        journal.TryCatchUp();
    }

    /// <summary>All of it, as the journal keeps it.</summary>
    IEnumerable<JournalRecord> Records()
    {
        yield return new JournalRecord.Begun(BootId.Current);
        if (owner is not null) yield return new JournalRecord.Owned(owner);
        foreach (var (id, entry) in entries.Where(entry => entry.Value is { Result: null, Disowned: false }))
        {
            yield return new JournalRecord.Accepted(id, entry.Type, entry.At);
            if (entry.Started) yield return new JournalRecord.Started(id);
        }

        foreach (var id in answered)
        {
            yield return OnDisk(entries[id].Result!, entries[id]);
            if (entries[id].Acknowledged) yield return new JournalRecord.Acknowledged(id);
        }
    }

    static JournalRecord.Answered OnDisk(CommandResult result, Entry entry)
    {
        var sensitive = CommandCatalog.Find(entry.Type) is null or { Sensitive: true };
        var withheld = result.Result is not null && (sensitive || result.Image is not null || SizeOf(result) > LargestPayloadOnDisk);

        // What is wrong with a text may be told by quoting it.
        var error = sensitive && result.Error is { } told ? new CommandError(told.Code, MessageWithheld) : result.Error;
        return new(result with { Result = withheld ? null : result.Result, Error = error }, entry.At, withheld);
    }

    Entry Add(string id, string type, DateTimeOffset at)
    {
        InFlight++;
        return entries[id] = new Entry { Type = type, At = at };
    }

    bool TryEnd(CommandResult result, DateTimeOffset at)
    {
        if (!entries.TryGetValue(result.CommandId, out var entry)) entries.Add(result.CommandId, entry = new Entry { At = at });
        else if (entry.Result is not null) return false;
        else InFlight--;

        (entry.Result, entry.At) = (result, at);
        answered.AddLast(result.CommandId);
        waitingForAcknowledgement.Enqueue(result.CommandId);
        waitingBytes += SizeOf(result);
        if (entry.Disowned) TryAcknowledge(result.CommandId);
        DropOldPayloads(except: result.CommandId);
        return true;
    }

    bool TryAcknowledge(string id)
    {
        if (!entries.TryGetValue(id, out var entry) || entry.Result is null || entry.Acknowledged) return false;
        entry.Acknowledged = true;
        Strip(entry);
        while (waitingForAcknowledgement.TryPeek(out var oldest) && IsAcknowledged(oldest)) waitingForAcknowledgement.Dequeue();
        return true;
    }

    void DropOldPayloads(string except)
    {
        foreach (var id in waitingForAcknowledgement)
        {
            if (waitingBytes <= limits.UnacknowledgedBytes) return;
            if (id == except || !entries.TryGetValue(id, out var entry) || entry.Result!.Result is null) continue;
            Strip(entry);
            entry.Result = LedgerAnswers.Dropped(entry.Result);
            DroppedPayloads++;
        }
    }

    void Strip(Entry entry)
    {
        waitingBytes -= SizeOf(entry.Result!);
        entry.Result = entry.Result! with { Result = null, Image = null };
        if (!entry.Acknowledged) waitingBytes += SizeOf(entry.Result);
    }

    // What was answered first goes first. A Gateway that never acknowledges must fill neither memory nor disk.
    void ForgetOld()
    {
        while (answered.First is { Value: var id })
        {
            var entry = entries[id];
            var age = time.GetUtcNow() - entry.At;
            if (entry.Acknowledged ? age <= limits.RememberedFor && answered.Count <= limits.RememberedIds
                : age <= limits.ResultsKeptFor && answered.Count <= 2 * limits.RememberedIds) return;
            var dropped = !entry.Acknowledged;
            Forget(id);
            if (!dropped) continue;
            DroppedResults++;
            journal.Note(new JournalRecord.Forgotten(id));
        }
    }

    void Forget(string id)
    {
        TryAcknowledge(id);
        entries.Remove(id);
        answered.Remove(id);
    }

    void Disown()
    {
        foreach (var id in answered.ToList()) Forget(id);
        foreach (var entry in entries.Values) entry.Disowned = true;
    }
}

/// <param name="RememberedIds">How many answered ids are kept to answer duplicates; of unacknowledged ones twice as many.</param>
/// <param name="UnacknowledgedBytes">Results that wait for the Gateway: past it the oldest lose their payload, never their status.</param>
/// <param name="RememberedFor">How long an acknowledged id is kept.</param>
/// <param name="ResultsKeptFor">How long a result waits for the Gateway.</param>
public sealed record LedgerLimits(int RememberedIds, long UnacknowledgedBytes, TimeSpan RememberedFor, TimeSpan ResultsKeptFor);
