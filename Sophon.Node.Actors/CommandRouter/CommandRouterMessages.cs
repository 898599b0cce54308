using System.Text.Json;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>What <see cref="CommandRouterActor"/> takes and tells.</summary>
public static class CommandRouterMessages
{
    /// <param name="Command">As it came.</param>
    /// <param name="ReceivedAt">A <see cref="TimeProvider"/> timestamp: deadlines count from it.</param>
    public sealed record CommandReceived(JsonElement Command, long ReceivedAt);

    public sealed record CancelReceived(string CommandId);

    /// <summary>The whole set that the Gateway grants now.</summary>
    public sealed record ScopesReceived(IReadOnlyList<string> Scopes);

    /// <summary>Policy, grants or pause are others than before: what waits is decided anew, and a pause ends what runs.</summary>
    public sealed record PolicyChanged;

    /// <summary>End every command, running or waiting.</summary>
    public sealed record CancelAll(string Reason);

    /// <summary>Answered with <see cref="Heartbeats.HeartbeatActor.QueueDepthReported"/>.</summary>
    public sealed record ReportQueueDepth;

    /// <summary>Take no more commands, let the running ones end. Answered with <see cref="CommandsDrained"/>.</summary>
    public sealed record DrainCommands;

    public sealed record CommandsDrained;
}
