using System.Text.Json;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Approvals;

/// <summary>Which commands wait for a person, and who that person may be.</summary>
static class ApprovalRules
{
    /// <summary>Commands of one Node that may wait at once: who floods the list hides what matters.</summary>
    public const int MostPerNode = 100;

    public static bool Needs(CommandDefinition command, JsonElement parameters, Caller caller, ApprovalSettings settings) =>
        settings.ExecuteNeedsPerson && !caller.PreApproved && command.NeedsApproval(parameters);

    /// <returns>Why this caller may not decide on this command, in a sentence; null when they may.</returns>
    public static string? Refusal(Caller caller, CommandRecord command, ApprovalSettings settings)
    {
        var own = caller.Id == command.RequestedById;
        // A program that could say yes to itself would need no approval. An administrator's token can make users and tokens anyway.
        if (caller.AccountId is null)
            return own ? "This API token asked for it itself; a person has to approve it: in the Dashboard, or with an administrator's other token."
                : caller.Role < GatewayRole.Administrator ? "API tokens don't approve commands, unless they are an administrator's; a person has to, in the Dashboard."
                : null;
        if (caller.Role < settings.Role) return $"Approving takes the role {settings.Role.ToString().ToLowerInvariant()}.";
        return own && settings.AnotherPerson ? "You asked for it yourself; another person has to approve it." : null;
    }
}
