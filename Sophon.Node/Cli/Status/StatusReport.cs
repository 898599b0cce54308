using System.Text.Json.Serialization;
using Sophon.Node.Actors;
using Sophon.Node.Gateway;
using Sophon.Node.Identity;
using Sophon.Node.Reporting;

namespace Sophon.Node.Cli.Status;

/// <summary>What <c>status</c> tells, and what it concludes.</summary>
/// <param name="Online">The Gateway has acknowledged a heartbeat not too long ago.</param>
/// <param name="Connection">Lower camel; <c>stale</c> when it was online, but is too long without an acknowledged heartbeat, or its actors without a sign of life; null when no Node runs.</param>
sealed record StatusReport(
    bool Paired, string? NodeId, string? TokenPrefix, string? GatewayUrl, bool Running, bool Online, int? ProcessId, DateTimeOffset? StartedAt,
    string? Connection, DateTimeOffset? Since, DateTimeOffset? LastHeartbeatAt, double? LastRoundTripMs, string? Detail,
    DateTimeOffset? TreeRespondedAt = null, string? JournalTrouble = null, int DroppedResults = 0)
{
    /// <summary>Since when the person has paused the Node, running or not; null when it is not paused.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>What the running Node drives; null when none runs.</summary>
    public string? Desktop { get; init; }

    /// <summary>Why that one.</summary>
    public string? DesktopReason { get; init; }

    public const string Os = "os";

    /// <summary><c>file</c> or <c>os</c>; null when not paired.</summary>
    public string? TokenStore { get; init; }

    [JsonIgnore]
    public ExitCode ExitCode =>
        !Paired ? ExitCode.NotPaired
        : Online ? ExitCode.Success
        : Running ? ExitCode.NotOnline
        : ExitCode.NotRunning;

    /// <param name="identity">Null when not paired.</param>
    /// <param name="status">Null when no Node has written one yet. One that a dead Node left tells of its last heartbeat only.</param>
    /// <param name="running">Whether a Node lives, as its lock tells.</param>
    /// <param name="silenceLimit">Without an acknowledged heartbeat for this long, a connection that counts as up is not believed.</param>
    public static StatusReport Of(NodeIdentity? identity, NodeStatus? status, bool running, TimeProvider time, TimeSpan silenceLimit)
    {
        // After another pairing the file may still tell of the Node that was here before.
        if (status?.NodeId != identity?.Token.NodeId) status = null;
        var silent = status is { Connection: ConnectionState.Online } && (IsOlder(status.HeartbeatTick) || IsOlder(status.TreeTick));
        var elsewhere = identity is not null && IdentityStore.IsElsewhere(identity.Token);
        return new(
            identity is not null, identity?.Token.NodeId, elsewhere ? null : identity?.Token.Prefix, identity is null ? null : GatewayAddress.Show(identity.GatewayUrl),
            running, Online: running && !silent && status?.Connection == ConnectionState.Online,
            running ? status?.ProcessId : null, running ? status?.StartedAt : null,
            !running || status is null ? null : silent ? "stale" : NameOf(status.Connection), running ? status?.Since : null,
            status?.LastHeartbeatAt, status?.LastRoundTripMs, status?.Detail,
            status?.TreeRespondedAt, running ? status?.JournalTrouble : null, running ? status?.DroppedResults ?? 0 : 0)
        {
            Desktop = running ? status?.Desktop : null,
            DesktopReason = running ? status?.DesktopReason : null,
            TokenStore = identity is null ? null : elsewhere ? Os : "file",
        };

        bool IsOlder(long? tick) => tick is { } at && time.GetElapsedTime(at) > silenceLimit;
    }

    static string NameOf(ConnectionState state) => state.ToString().ToLowerInvariant();
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
sealed partial class StatusReportJson : JsonSerializerContext;
