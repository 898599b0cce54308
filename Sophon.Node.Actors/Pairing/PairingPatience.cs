namespace Sophon.Node.Actors.Pairing;

/// <summary>What one pairing remembers of the Gateway: has it ever answered, how long is it away.</summary>
public sealed class PairingPatience(TimeProvider time, TimeSpan unreachableFor)
{
    long? lastAnswer;

    public void Answered() => lastAnswer = time.GetTimestamp();

    /// <summary>A Gateway that has answered before may be restarting; one that never did is a wrong URL or a firewall.</summary>
    public bool MayRetry => lastAnswer is { } at && time.GetElapsedTime(at) < unreachableFor;
}
