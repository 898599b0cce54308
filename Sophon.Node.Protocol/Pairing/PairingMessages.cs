using System.Text.Json.Serialization;

namespace Sophon.Node.Protocol.Pairing;

/// <summary><c>POST /api/nodes</c> (ours; Dashboard or API token).</summary>
/// <param name="Platform"><c>windows</c>, <c>macos</c> or <c>linux</c>.</param>
public sealed record RegisterNodeRequest(string DisplayName, string Platform);

/// <summary>The only time the secret is shown.</summary>
/// <param name="PairingSecret"><c>s_</c> and random characters.</param>
/// <param name="PairingCode"><c>ABC-123</c>: for the eye only, grants nothing.</param>
/// <param name="Command">Ready to paste on the target machine.</param>
public sealed record RegisterNodeResponse(string NodeId, string PairingSecret, string PairingCode, DateTimeOffset ExpiresAt, string Command);

/// <summary><c>POST /api/nodes/me/pair</c>: the first two fields are public, the rest ours and optional.</summary>
/// <param name="ClientNonce">Random, the same for every poll of one run: the first poll binds it.</param>
public sealed record PairRequest(
    string NodeId, string PairingSecret, string? ClientNonce = null, string? HostName = null, string? UserName = null,
    string? Platform = null, string? OsDescription = null, string? NodeVersion = null);

/// <summary>The answer to a poll. Which fields are there depends on <paramref name="Status"/>.</summary>
/// <param name="Status">See <see cref="PairStatus"/>.</param>
/// <param name="PairingCode">With <c>pending</c>.</param>
/// <param name="Token">With <c>approved</c>: <c>{nodeId}.{secret}</c>.</param>
/// <param name="GatewayUrl">With <c>approved</c>.</param>
/// <param name="Reason">With <c>rejected</c>, where the person gave one.</param>
/// <param name="IntervalSeconds">With <c>slowDown</c>.</param>
/// <param name="Code">Ours, with <c>rejected</c>: see <see cref="PairCodes"/>.</param>
public sealed record PairResponse(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PairingCode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GatewayUrl = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? IntervalSeconds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null);

/// <summary>The values of <see cref="PairResponse.Status"/>.</summary>
public static class PairStatus
{
    public const string Pending = "pending";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Expired = "expired";
    public const string SlowDown = "slowDown";
}

/// <summary>Why a pairing was rejected, where no person did.</summary>
public static class PairCodes
{
    /// <summary>Another run of pair presented the secret first.</summary>
    public const string ClaimedElsewhere = "claimedElsewhere";
}
