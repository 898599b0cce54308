using System.Runtime.InteropServices;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>
/// Which commands were taken, which were answered, and which answers the Gateway has not stored yet: so that each is answered once.
/// It lives in memory and outlives a restart of the router, not of the process. One owner; not thread-safe.
/// </summary>
/// <param name="rememberedIds">How many answered ids are kept to answer duplicates; unacknowledged ones are kept beyond.</param>
/// <param name="unacknowledgedBytes">Results that wait for the Gateway: past it the oldest lose their payload, never their status.</param>
public sealed class CommandLedger(int rememberedIds, long unacknowledgedBytes)
{
    sealed class Entry
    {
        public bool Started;
        public CommandResult? Result;
        public bool Acknowledged;
        public int Attempts;
    }

    readonly Dictionary<string, Entry> entries = [];
    readonly LinkedList<string> answered = new();
    readonly Queue<string> waitingForAcknowledgement = new();
    long waitingBytes;

    /// <summary>Taken and not answered.</summary>
    public int InFlight { get; private set; }

    /// <summary>Results that lost their payload since the process started.</summary>
    public int DroppedPayloads { get; private set; }

    public bool Knows(string id) => entries.ContainsKey(id);

    /// <summary>Null while it is in flight or unknown.</summary>
    public CommandResult? ResultOf(string id) => entries.GetValueOrDefault(id)?.Result;

    public bool IsAcknowledged(string id) => entries.GetValueOrDefault(id)?.Acknowledged ?? true;

    public void Accept(string id)
    {
        entries.Add(id, new Entry());
        InFlight++;
    }

    public void Start(string id) => entries[id].Started = true;

    /// <summary>In flight, and whether the device had begun: what a restarted router has to answer.</summary>
    public IReadOnlyList<(string Id, bool Started)> Open => [.. entries.Where(entry => entry.Value.Result is null).Select(entry => (entry.Key, entry.Value.Started))];

    /// <summary>Records the end of a command, accepted before or refused at once. False when it was answered before.</summary>
    public bool Answer(CommandResult result)
    {
        if (!entries.TryGetValue(result.CommandId, out var entry)) entries.Add(result.CommandId, entry = new Entry());
        else if (entry.Result is not null) return false;
        else InFlight--;

        entry.Result = result;
        answered.AddLast(result.CommandId);
        waitingForAcknowledgement.Enqueue(result.CommandId);
        waitingBytes += SizeOf(result);
        DropOldPayloads(except: result.CommandId);
        Forget();
        return true;
    }

    /// <summary>The Gateway has it: the payload is forgotten, the id kept.</summary>
    public void Acknowledge(string id)
    {
        if (!entries.TryGetValue(id, out var entry) || entry.Result is null || entry.Acknowledged) return;
        entry.Acknowledged = true;
        Strip(entry);
        while (waitingForAcknowledgement.TryPeek(out var oldest) && IsAcknowledged(oldest)) waitingForAcknowledgement.Dequeue();
    }

    /// <summary>Counts the tries to hand over one result.</summary>
    public int CountAttempt(string id) => entries.TryGetValue(id, out var entry) ? ++entry.Attempts : 0;

    /// <summary>In the order of their answers.</summary>
    public IReadOnlyList<CommandResult> Unacknowledged =>
        [.. waitingForAcknowledgement.Where(id => !IsAcknowledged(id)).Select(id => entries[id].Result!)];

    public static long SizeOf(CommandResult result) =>
        512 + (result.Result is { } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0);

    void DropOldPayloads(string except)
    {
        foreach (var id in waitingForAcknowledgement)
        {
            if (waitingBytes <= unacknowledgedBytes) return;
            if (id == except || !entries.TryGetValue(id, out var entry) || entry.Result!.Result is null) continue;
            Strip(entry);
            entry.Result = entry.Result with
            {
                Error = new CommandError(ErrorCode.TooLarge, "It ended as its status says; its answer was dropped, since too many results waited for the Gateway."),
            };
            DroppedPayloads++;
        }
    }

    void Strip(Entry entry)
    {
        waitingBytes -= SizeOf(entry.Result!);
        entry.Result = entry.Result! with { Result = null };
        if (!entry.Acknowledged) waitingBytes += SizeOf(entry.Result);
    }

    // A Gateway that never acknowledges must not fill the memory either.
    void Forget()
    {
        while (answered.Count > rememberedIds && (IsAcknowledged(answered.First!.Value) || answered.Count > 2 * rememberedIds))
        {
            Acknowledge(answered.First.Value);
            entries.Remove(answered.First.Value);
            answered.RemoveFirst();
        }
    }
}
