using System.Globalization;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Dashboard.Approvals;

/// <summary>What became of a command that had waited for a person, in a sentence.</summary>
static class ApprovalOutcome
{
    public static string Of(CommandRecord command, string nodeName)
    {
        var what = $"{command.Type} on {nodeName}, asked for by {command.RequestedBy}";
        var at = command.DecidedAt is { } time ? time.UtcDateTime.ToString(" 'at' HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "";
        return (command.DecidedBy, command.Status) switch
        {
            ({ } by, CommandStatus.Denied) when command.ErrorCode == ErrorCode.ApprovalRejected => $"{by} rejected {what}{at}; it did not run.",
            ({ } by, _) => $"{by} approved {what}{at}.",
            (_, CommandStatus.Cancelled) => $"{what}: it was cancelled, and did not run.",
            _ => $"{what}: the time to decide is over; it did not run.",
        };
    }
}
