using Sophon.Gateway.Hosting;
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

    internal static ApprovalSettings Read(SettingReader reader) => new()
    {
        ExecuteNeedsPerson = reader.Value("Gateway:Approvals:Execute", true, "person or none", value => value switch { "person" => true, "none" => false, _ => (bool?)null }),
        Role = reader.Value("Gateway:Approvals:Role", GatewayRole.Operator, "operator or administrator", value => value switch { "operator" => GatewayRole.Operator, "administrator" => GatewayRole.Administrator, _ => (GatewayRole?)null }),
        AnotherPerson = reader.Flag("Gateway:Approvals:AnotherPerson", false),
        Expiry = TimeSpan.FromSeconds(reader.Whole("Gateway:Approvals:ExpirySeconds", 300, 10, 3600, "seconds")),
    };
}
