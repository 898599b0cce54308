namespace Sophon.Node.Actors;

/// <summary>What <see cref="NodeSupervisor"/> takes and tells.</summary>
public static class NodeSupervisorMessages
{
    /// <summary>Stop taking commands, let the running ones end, send their results, close the connection. Answered with <see cref="Drained"/>.</summary>
    public sealed record Drain;

    /// <summary>Ask every branch in turn whether it still takes messages. Without an answer from one there is no end.</summary>
    /// <param name="StartedAt">A <see cref="TimeProvider"/> timestamp.</param>
    /// <param name="Completed">Called by the tree when all have answered.</param>
    public sealed record StartRoundTrip(long StartedAt, Action Completed);

    /// <summary>Nothing runs any more; the tree may be stopped.</summary>
    public sealed record Drained;
}
