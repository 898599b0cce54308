using Sophon.Node.Actors;
using Sophon.Node.Platform.Windows;

namespace Sophon.Node.Composition.Windows;

/// <summary>What the tray icon shows after each event.</summary>
/// <param name="gateway">For the tooltip.</param>
/// <param name="paused">At the start.</param>
sealed class TrayView(string gateway, bool paused)
{
    const int LongestTooltip = 127;

    bool online;

    public TrayState State => !online ? TrayState.Offline : paused ? TrayState.Paused : TrayState.Online;

    public string Description
    {
        get
        {
            var text = $"Sophon Node: {(!online ? "offline" : paused ? "paused" : "online")} at {gateway}";
            return text.Length <= LongestTooltip ? text : text[..(LongestTooltip - 1)] + "…";
        }
    }

    /// <returns>Whether something has changed.</returns>
    public bool On(NodeEvents.INodeEvent happened)
    {
        var before = (online, paused);
        switch (happened)
        {
            case NodeEvents.HeartbeatAcknowledged: online = true; break;
            case NodeEvents.ConnectionLost or NodeEvents.ConnectionRefused or NodeEvents.NodeFailed: online = false; break;
            case NodeEvents.PauseUpdated updated: paused = updated.Pause is not null; break;
        }

        return before != (online, paused);
    }
}
