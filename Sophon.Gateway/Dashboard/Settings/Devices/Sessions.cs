using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Dashboard.Settings.Devices;

/// <summary>The desktop session behind a Node, in words.</summary>
static class Sessions
{
    public static string Text(Heartbeat? heartbeat) => heartbeat switch
    {
        null => "",
        { Paused: true } => "Paused by the person there",
        { SessionState: "active" } => "Active",
        { SessionState: "locked" } => "Locked",
        { SessionState: "noDisplay" } => "No display",
        { SessionState: var other } => other,
    };
}
