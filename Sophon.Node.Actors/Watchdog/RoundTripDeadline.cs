namespace Sophon.Node.Actors.Watchdog;

/// <summary>When to ask the tree, and when it has been silent too long. Counts ticks of its caller, not time: a suspended machine or process ticks no more than its tree.</summary>
/// <param name="interval">Ticks from the end of one round trip to the next.</param>
/// <param name="limit">Ticks that one round trip may take.</param>
public sealed class RoundTripDeadline(int interval, int limit)
{
    volatile bool underway;
    int rest;
    int waited;

    /// <summary>One tick has passed.</summary>
    public RoundTripStep Tick()
    {
        if (underway) return ++waited >= limit ? RoundTripStep.Stuck : RoundTripStep.Wait;
        if (--rest > 0) return RoundTripStep.Wait;
        (underway, rest, waited) = (true, interval, 0);
        return RoundTripStep.Start;
    }

    /// <summary>The tree has answered. From any thread.</summary>
    public void Complete() => underway = false;
}

/// <summary>What a tick asks for.</summary>
public enum RoundTripStep
{
    Wait,

    /// <summary>Send one on its way.</summary>
    Start,

    /// <summary>The tree does not answer.</summary>
    Stuck,
}
