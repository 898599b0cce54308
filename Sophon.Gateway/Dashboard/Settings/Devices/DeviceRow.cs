using Sophon.Gateway.Nodes;

namespace Sophon.Gateway.Dashboard.Settings.Devices;

/// <summary>A line of My Devices: what the list shows, finds and sorts by.</summary>
/// <param name="Session">In words; empty when the Node isn't online.</param>
/// <param name="Found">Everything that the search looks through.</param>
public sealed record DeviceRow(
    string NodeId, string Name, string Platform, NodeState State, string? PairingCode, string Version, string Session,
    DateTimeOffset? HeartbeatAt, DateTimeOffset? LastSeenAt, string Found)
{
    internal static DeviceRow Of(NodeView node)
    {
        var version = node.Heartbeat?.Version ?? node.Version ?? "";
        return new DeviceRow(
            node.NodeId, node.DisplayName, node.Platform, node.State, node.PairingCode, version,
            node.State == NodeState.Online ? Sessions.Text(node.Heartbeat) : "",
            node.HeartbeatAt, node.LastSeenAt,
            string.Join('\n', node.DisplayName, node.NodeId, node.Platform, node.PairingCode, version, node.Facts?.HostName, node.Facts?.UserName, node.Facts?.Address));
    }
}
