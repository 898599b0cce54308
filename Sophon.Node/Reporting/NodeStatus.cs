using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Settings;

namespace Sophon.Node.Reporting;

/// <summary>What the running Node tells of itself in <c>state/status.json</c>, for <c>sophon-node status</c>.</summary>
/// <param name="ProcessId">Whoever wrote it; whether it still lives, the lock tells.</param>
/// <param name="StartedAt">Of the process.</param>
/// <param name="Since">Of <paramref name="Connection"/>.</param>
/// <param name="LastRoundTripMs">Of the last acknowledged heartbeat.</param>
/// <param name="Detail">Why it is not online, in words.</param>
/// <param name="TreeRespondedAt">When all actors last answered the watchdog.</param>
/// <param name="JournalTrouble">Why commands are refused; null when the journal can be written.</param>
/// <param name="HeartbeatTick">As <paramref name="LastHeartbeatAt"/>, on the monotonic clock that all processes of a machine share: the other one may be set.</param>
/// <param name="TreeTick">As <paramref name="TreeRespondedAt"/>, on the monotonic clock.</param>
/// <param name="DroppedResults">Results and answers that were dropped since the Gateway did not store them in time.</param>
/// <param name="Mode">In a terminal, or under a service manager.</param>
/// <param name="Version">Of the program that runs, which may no longer be the one that is installed.</param>
/// <param name="Desktop">What the ports drive.</param>
/// <param name="DesktopReason">Why this one.</param>
sealed record NodeStatus(
    int ProcessId, DateTimeOffset StartedAt, string NodeId, string GatewayUrl, ConnectionState Connection, DateTimeOffset Since,
    DateTimeOffset? LastHeartbeatAt = null, double? LastRoundTripMs = null, string? Detail = null,
    DateTimeOffset? TreeRespondedAt = null, string? JournalTrouble = null, int DroppedResults = 0, long? HeartbeatTick = null, long? TreeTick = null,
    RunMode Mode = RunMode.Console, string? Version = null, string? Desktop = null, string? DesktopReason = null)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StatusJson.Default.NodeStatus);

    /// <summary>Null when the file is missing or no status: it is rewritten by the next event, so there is nothing to cure.</summary>
    public static NodeStatus? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StatusJson.Default.NodeStatus);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

enum ConnectionState { Connecting, Connected, Online, Disconnected, Refused, Stopped }

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeStatus))]
sealed partial class StatusJson : JsonSerializerContext;
