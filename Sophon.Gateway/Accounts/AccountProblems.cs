using System.Globalization;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Accounts;

/// <summary>
/// Why a form of the account pages was refused. The page gets the problem's code as <c>reason</c> in its address, and the time as
/// <c>until</c> where there is one; a text in the address would be somebody else's to write.
/// </summary>
static class AccountProblems
{
    /// <summary>The form came without a valid antiforgery token: it was open too long, or somebody else's page sent it.</summary>
    public const string FormExpired = "formExpired";

    /// <summary>The session was ended, e.g. by "sign out everywhere".</summary>
    public const string SessionEnded = "sessionEnded";

    public const string SignedOut = "signedOut";
    public const string SignedOutEverywhere = "signedOutEverywhere";
    public const string PasswordMismatch = "passwordMismatch";
    public const string PasswordChanged = "passwordChanged";

    const string Until = "until";

    public static ProblemException WrongCredentials() =>
        new(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.WrongCredentials, "User name or password is wrong."));

    public static ProblemException Locked(DateTimeOffset until) => new(new Problem(
        StatusCodes.Status403Forbidden, ProblemCodes.Locked, Sentence(ProblemCodes.Locked, until), new Dictionary<string, object?> { [Until] = until }));

    public static ProblemException TooMany(DateTimeOffset until) => new(new Problem(
        StatusCodes.Status429TooManyRequests, ProblemCodes.TooManyAttempts, Sentence(ProblemCodes.TooManyAttempts, until), new Dictionary<string, object?> { [Until] = until }));

    public static ProblemException Mismatch() => new(new Problem(StatusCodes.Status400BadRequest, PasswordMismatch, Sentence(PasswordMismatch, null)));

    /// <summary>The query of the page that the form came from: <c>reason=…&amp;until=…</c>.</summary>
    public static QueryString Query(Problem problem)
    {
        var reason = problem is { Code: ProblemCodes.InvalidArgument } && problem.Detail?.GetValueOrDefault("parameter") is string { Length: > 0 } parameter
            ? "invalid" + char.ToUpperInvariant(parameter[0]) + parameter[1..]
            : problem.Code;
        var query = QueryString.Create("reason", reason);
        return problem.Detail?.GetValueOrDefault(Until) is DateTimeOffset until ? query.Add(Until, until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)) : query;
    }

    /// <summary>What a page says for a <paramref name="reason"/> of its address; empty for one that is none of ours.</summary>
    public static string Sentence(string? reason, DateTimeOffset? until) => reason switch
    {
        ProblemCodes.WrongCredentials => "User name or password is wrong.",
        ProblemCodes.Locked => $"Too many wrong passwords: this user can't sign in before {Time(until)}. An administrator can reset the password.",
        ProblemCodes.TooManyAttempts => $"Too many attempts from this address; try again after {Time(until)}.",
        ProblemCodes.WrongSetupCode => "The setup code is wrong. The Gateway's console shows the one that counts.",
        ProblemCodes.SetupCodeExpired => "The setup code has expired. Make a new one on the Gateway's machine: sophon-gateway admin setup-code",
        ProblemCodes.AlreadySetUp => "This Gateway has an administrator already; sign in, or ask them for an account.",
        ProblemCodes.WrongPassword => "The current password is wrong.",
        ProblemCodes.NameTaken => "There is a user of that name already.",
        ProblemCodes.Forbidden => "Your role does not cover that page.",
        ProblemCodes.StoreUnavailable => "The Gateway's store can't be written just now; nothing was changed. Try again.",
        FormExpired => "The page was open for too long, or the form came from elsewhere; nothing was done. Try again.",
        SessionEnded => "You were signed out: your session was ended, or your account was changed.",
        SignedOut => "You are signed out.",
        SignedOutEverywhere => "You are signed out in all browsers.",
        PasswordMismatch => "The two passwords are not the same.",
        PasswordChanged => "Your password is changed. All other browsers were signed out.",
        "invalidName" => "A user name takes 1 to 64 letters, digits and . _ - @, and begins with a letter or digit.",
        "invalidDisplayName" => "A display name takes one line of at most 100 characters.",
        "invalidPassword" => $"A password takes {AccountChecks.ShortestPassword} to 200 characters, and must not be the user name.",
        _ => "",
    };

    static string Time(DateTimeOffset? until) => until is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : "a few minutes";
}
