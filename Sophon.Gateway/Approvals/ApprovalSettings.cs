using Sophon.Gateway.Store;

namespace Sophon.Gateway.Approvals;

/// <summary>The settings of the section <c>Gateway:Approvals</c>.</summary>
public sealed record ApprovalSettings
{
    /// <summary><c>Execute</c>: <c>person</c> (the default) or <c>none</c>: only the Nodes' own consent counts then.</summary>
    public bool ExecuteNeedsPerson { get; init; } = true;

    /// <summary><c>Role</c>: what a user has to be to approve, at least.</summary>
    public GatewayRole Role { get; init; } = GatewayRole.Operator;

    /// <summary><c>AnotherPerson</c>: nobody approves what they asked for themselves.</summary>
    public bool AnotherPerson { get; init; }

    /// <summary><c>ExpirySeconds</c>: how long a person has to decide.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromMinutes(5);
}
