using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Tokens;

/// <summary>What a new API token is made of.</summary>
/// <param name="Name">What it is for; shown with what it does.</param>
/// <param name="Nodes">The ids of the only nodes that it reaches; all when absent or empty.</param>
/// <param name="ExpiresAt">It counts until it is revoked when absent.</param>
/// <param name="PreApproved">Its commands wait for no person's approval at the Gateway.</param>
public sealed record NewApiToken(
    string? Name, GatewayRole Role, IReadOnlyList<string>? Nodes = null, DateTimeOffset? ExpiresAt = null, bool PreApproved = false);

static class ApiTokenChecks
{
    const int LongestName = 100;
    const int MostNodes = 100;

    public static string Name(string? name) => name?.Trim() is { Length: > 0 and <= LongestName } text && !text.Any(char.IsControl)
        ? text
        : throw new ProblemException(Problem.Invalid("name", $"name takes one line of 1 to {LongestName} characters that say what the token is for."));

    public static List<string> Nodes(IReadOnlyList<string>? nodes) => nodes is null or { Count: <= MostNodes }
        ? [.. (nodes ?? []).Distinct()]
        : throw new ProblemException(Problem.Invalid("nodes", $"nodes takes at most {MostNodes} ids; a token for more is one for all."));

    public static DateTimeOffset? ExpiresAt(DateTimeOffset? expiresAt, DateTimeOffset now) => expiresAt <= now
        ? throw new ProblemException(Problem.Invalid("expiresAt", "expiresAt has passed already."))
        : expiresAt;
}
