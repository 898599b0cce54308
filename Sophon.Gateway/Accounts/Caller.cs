using System.Security.Claims;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>Who asks: a person who is signed in, the holder of an API token, or somebody with access to the Gateway's own files.</summary>
/// <param name="Id"><c>user:…</c>, <c>token:…</c> or <c>machine</c>; unique, also where a user and a token have the same name.</param>
/// <param name="Name">For people.</param>
public sealed record Caller(string Id, string Name, GatewayRole Role)
{
    const string UserPrefix = "user:";
    const string TokenPrefix = "token:";
    const string StampClaim = "sophon.stamp";
    const string DisplayNameClaim = "sophon.displayName";
    const string NodeClaim = "sophon.node";
    const string PreApprovedClaim = "sophon.preApproved";

    /// <summary>The verbs that work on the data folder.</summary>
    public static readonly Caller Machine = new("machine", "the Gateway's machine", GatewayRole.Administrator);

    /// <summary>The only nodes that this caller reaches; empty: all of them.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>See <see cref="ApiTokenRecord.PreApproved"/>.</summary>
    public bool PreApproved { get; init; }

    /// <summary>Of a person who is signed in; else null.</summary>
    public string? AccountId => Id.StartsWith(UserPrefix, StringComparison.Ordinal) ? Id[UserPrefix.Length..] : null;

    public bool Reaches(string nodeId) => Nodes.Count == 0 || Nodes.Contains(nodeId);

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Caller Of(ClaimsPrincipal user) => TryOf(user) ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <returns>Null when nobody is signed in.</returns>
    public static Caller? TryOf(ClaimsPrincipal? user) =>
        user?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && Enum.TryParse<GatewayRole>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Caller(id, user.FindFirstValue(ClaimTypes.Name) ?? "", role)
            {
                Nodes = [.. user.FindAll(NodeClaim).Select(claim => claim.Value)],
                PreApproved = user.HasClaim(claim => claim.Type == PreApprovedClaim),
            }
            : null;

    /// <summary>How a person's page shows them.</summary>
    public static string DisplayNameOf(ClaimsPrincipal user) => user.FindFirstValue(DisplayNameClaim) ?? user.FindFirstValue(ClaimTypes.Name) ?? "";

    internal static string? StampOf(ClaimsPrincipal user) => user.FindFirstValue(StampClaim);

    internal static ClaimsPrincipal Principal(AccountRecord account) => Principal(AccountCookie.SchemeName, UserPrefix + account.Id, account.Name, account.Role,
        [new Claim(StampClaim, account.SecurityStamp), new Claim(DisplayNameClaim, account.DisplayName)]);

    internal static ClaimsPrincipal Principal(ApiTokenRecord token) => Principal(Tokens.ApiTokenHandler.SchemeName, TokenPrefix + token.Id, token.Name, token.Role,
        [.. token.Nodes.Select(node => new Claim(NodeClaim, node)), .. token.PreApproved ? [new Claim(PreApprovedClaim, "true")] : Array.Empty<Claim>()]);

    static ClaimsPrincipal Principal(string scheme, string id, string name, GatewayRole role, IEnumerable<Claim> more) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString()), .. more], scheme));
}
