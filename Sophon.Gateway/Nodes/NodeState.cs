using Sophon.Gateway.Pairing;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Nodes;

/// <summary>What people see of a Node.</summary>
public enum NodeState
{
    /// <summary>Registered; no machine has presented the pairing secret.</summary>
    Waiting,

    /// <summary>A machine polls for its approval.</summary>
    Pending,

    /// <summary>Approved, not connected yet.</summary>
    Approved,

    Online,

    /// <summary>Was online; the socket is closed or no heartbeat came for 90 s.</summary>
    Offline,

    Rejected,

    /// <summary>The pairing secret ran out.</summary>
    Expired,

    Revoked,
}

static class NodeStates
{
    public static NodeState Of(NodeRecord node, bool online, DateTimeOffset now) => node.Stage switch
    {
        _ when PairingProcess.IsExpired(node, now) => NodeState.Expired,
        NodeStage.Waiting => NodeState.Waiting,
        NodeStage.Pending => NodeState.Pending,
        NodeStage.Approved => NodeState.Approved,
        NodeStage.Active => online ? NodeState.Online : NodeState.Offline,
        NodeStage.Rejected => NodeState.Rejected,
        _ => NodeState.Revoked,
    };
}
