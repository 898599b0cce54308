namespace Sophon.Node.Actors.CommandRouter.Consent;

/// <summary>Commands that need a person's word: one is asked for at a time, the others wait in order, not without bound. Pure.</summary>
/// <param name="limit">Commands, the one that is asked for included.</param>
public sealed class ConsentTurns(int limit)
{
    readonly LinkedList<AdmittedCommand> waiting = new();

    /// <summary>The one whose turn it is; null when there is none.</summary>
    public AdmittedCommand? Current { get; private set; }

    /// <summary>The current one first, then those that wait, in their order.</summary>
    public IEnumerable<AdmittedCommand> InOrder => Current is { } current ? waiting.Prepend(current) : waiting;

    /// <summary>False when too many wait.</summary>
    public bool TryAdd(AdmittedCommand command)
    {
        if (waiting.Count + (Current is null ? 0 : 1) >= limit) return false;
        waiting.AddLast(command);
        return true;
    }

    /// <summary>Null when one is asked for already, or none waits.</summary>
    public AdmittedCommand? TakeNext()
    {
        if (Current is not null || waiting.First is not { } first) return null;
        waiting.RemoveFirst();
        return Current = first.Value;
    }

    /// <summary>The current one has its answer; null when it was not the current one.</summary>
    public AdmittedCommand? End(string commandId)
    {
        if (Current?.CommandId != commandId) return null;
        var ended = Current;
        Current = null;
        return ended;
    }

    /// <summary>Takes out what waits and fits; the current one stays.</summary>
    public IReadOnlyList<AdmittedCommand> RemoveWaiting(Func<AdmittedCommand, bool> which)
    {
        var removed = waiting.Where(which).ToList();
        foreach (var command in removed) waiting.Remove(command);
        return removed;
    }
}
