using Sophon.Gateway.Commands;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Dashboard.Settings.Devices.NodeDetails;

/// <summary>How a command ended, or where it stands, in words.</summary>
static class Outcomes
{
    public static string Of(CommandView command) => command.Status switch
    {
        CommandStatus.Queued => "Queued",
        CommandStatus.AwaitingApproval => "Waits for approval",
        CommandStatus.Running => "Running",
        CommandStatus.Succeeded => "Succeeded",
        CommandStatus.Failed => "Failed",
        CommandStatus.Denied => "Denied",
        CommandStatus.TimedOut => "Timed out",
        CommandStatus.Cancelled => "Cancelled",
        _ => "Unknown",
    } + (command.Late ? " (late)" : command is { SettledBy: Settler.Gateway, Status: CommandStatus.TimedOut } ? " (no answer yet)" : "");
}
