namespace Sophon.Node.Actors.Pairing;

/// <summary>What one pairing remembers of the Gateway: has it ever answered, how long is it away, was the person warned of its clock.</summary>
public sealed class PairingPatience(TimeProvider time, TimeSpan unreachableFor)
{
    /// <summary>The pairing page's limit for "Waiting for approval" to work at all.</summary>
    static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(1);

    long? lastAnswer;
    bool warned;

    public void Answered() => lastAnswer = time.GetTimestamp();

    /// <summary>A Gateway that has answered before may be restarting; one that never did is a wrong URL or a firewall.</summary>
    public bool MayRetry => lastAnswer is { } at && time.GetElapsedTime(at) < unreachableFor;

    /// <summary>True once, when the clocks differ by more than a minute.</summary>
    /// <param name="difference">Our clock minus the Gateway's.</param>
    public bool ShouldWarnOf(TimeSpan? difference)
    {
        if (warned || difference is not { } skew || skew.Duration() <= LargestSkew) return false;
        return warned = true;
    }
}
