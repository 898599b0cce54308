using Sophon.Gateway.Problems;
using KnownScopes = Sophon.Node.Protocol.Commands.Scopes;

namespace Sophon.Gateway.Nodes;

/// <summary>What a node may be called, and which scopes there are.</summary>
static class NodeChecks
{
    const int LongestName = 200;

    static readonly string[] Platforms = ["windows", "macos", "linux"];

    public static string DisplayName(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length == 0) throw Invalid("displayName", $"The display name is missing; it takes 1 to {LongestName} characters.");
        if (trimmed.Length > LongestName) throw Invalid("displayName", $"The display name has {trimmed.Length} characters; it takes 1 to {LongestName}.");
        if (trimmed.Any(char.IsControl)) throw Invalid("displayName", "The display name has a control character; it takes one line of text.");
        return trimmed;
    }

    public static string Platform(string? platform) => Platforms.FirstOrDefault(known => string.Equals(known, platform, StringComparison.OrdinalIgnoreCase))
        ?? throw Invalid("platform", $"platform takes {string.Join(", ", Platforms.Select(known => $"\"{known}\""))}.");

    public static IReadOnlyList<string> Scopes(IReadOnlyList<string>? scopes)
    {
        if (scopes is null) throw Invalid("scopes", "scopes is missing; it takes an array of scopes, which may be empty.");
        foreach (var scope in scopes.Where(scope => scope is null || !KnownScopes.All.Contains(scope)))
            throw Invalid("scopes", $"There is no scope \"{Shown(scope)}\". There are: {string.Join(", ", KnownScopes.All.Order(StringComparer.Ordinal))}.");
        return [.. scopes.Distinct().Order(StringComparer.Ordinal)];
    }

    public static string? Reason(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return null;
        return reason.Length <= 500 && !reason.Any(char.IsControl) ? reason.Trim() : throw Invalid("reason", "The reason takes one line of at most 500 characters.");
    }

    static string Shown(string? text) => new([.. (text ?? "null").Where(c => !char.IsControl(c)).Take(60)]);

    static ProblemException Invalid(string parameter, string message) => new(Problem.Invalid(parameter, message));
}
