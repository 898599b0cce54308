using Sophon.Gateway.Nodes;

namespace Sophon.Gateway.Dashboard.Settings.Devices.NodeDetails;

/// <summary>What somebody else did to a node while its page was open, in a sentence.</summary>
static class Elsewhere
{
    /// <returns>Null for what the page shows well enough by itself.</returns>
    public static string? Sentence(NodeView before, NodeView now) => (before.State, now.State) switch
    {
        var (was, becomes) when was == becomes && before.PairingCode == now.PairingCode => null,
        (NodeState.Pending, NodeState.Approved or NodeState.Online) => "Somebody else approved this node a moment ago, with the permissions below. What you had ticked was not used.",
        (NodeState.Waiting or NodeState.Pending, NodeState.Rejected) => "Somebody else rejected this node a moment ago. What you had ticked was not used.",
        (NodeState.Approved or NodeState.Online or NodeState.Offline, NodeState.Revoked) => "This node was revoked elsewhere: its token is void, and nothing more reaches the machine.",
        (NodeState.Waiting or NodeState.Pending or NodeState.Approved, NodeState.Expired) => "The pairing secret has run out: the machine's pair command ends, and says so. Make new credentials and run pair again.",
        (not NodeState.Waiting, NodeState.Waiting) or (NodeState.Waiting, NodeState.Waiting) => "New pairing credentials were made elsewhere. Those from before no longer count, and a machine that still uses them is told so.",
        _ => null,
    };
}
