using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>What a user may be called, and what a password has to be.</summary>
static partial class AccountChecks
{
    const int LongestName = 64;
    const int LongestDisplayName = 100;
    public const int ShortestPassword = 10;
    const int LongestPassword = 200;

    /// <returns>In lower case: <c>Anna</c> and <c>anna</c> are the same user.</returns>
    public static string Name(string? name) => Normalised(name) is { } text && NamePattern().IsMatch(text)
        ? text
        : throw Invalid("name", $"A user name takes 1 to {LongestName} letters, digits and . _ - @, and begins with a letter or digit.");

    /// <summary>For looking a name up; null can't be anybody's.</summary>
    public static string? Normalised(string? name) => name?.Trim().ToLowerInvariant() is { Length: > 0 and <= LongestName } text ? text : null;

    /// <param name="otherwise">When nothing was given.</param>
    public static string DisplayName(string? name, string otherwise)
    {
        var text = string.IsNullOrWhiteSpace(name) ? otherwise : name.Trim();
        return text.Length <= LongestDisplayName && !text.Any(char.IsControl)
            ? text
            : throw Invalid("displayName", $"A display name takes one line of at most {LongestDisplayName} characters.");
    }

    public static string Password(string? password, string name) =>
        password is not { Length: >= ShortestPassword and <= LongestPassword } ? throw Invalid("password", $"A password takes {ShortestPassword} to {LongestPassword} characters.")
        : string.Equals(password, name, StringComparison.OrdinalIgnoreCase) ? throw Invalid("password", "The password must not be the user name.")
        : password;

    public static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10);

    static ProblemException Invalid(string parameter, string message) => new(Problem.Invalid(parameter, message));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._@-]*\z")]
    private static partial Regex NamePattern();
}

/// <summary>What a new user is made of.</summary>
/// <param name="Name">What they sign in with.</param>
/// <param name="DisplayName">The name when absent.</param>
public sealed record NewAccount(string? Name, string? DisplayName, GatewayRole Role, string? Password);
