namespace Sophon.Node.Actors;

/// <summary>What <see cref="NodeSupervisor"/> takes and tells.</summary>
public static class NodeSupervisorMessages
{
    /// <summary>Stop taking commands, let the running ones end, send their results, close the connection. Answered with <see cref="Drained"/>.</summary>
    public sealed record Drain;

    /// <summary>Nothing runs any more; the tree may be stopped.</summary>
    public sealed record Drained;
}
