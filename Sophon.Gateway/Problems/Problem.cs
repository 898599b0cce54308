using System.Text.Json;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Problems;

/// <summary>
/// What the REST API answers instead of what was asked for: RFC 9457 problem details with our <c>code</c>.
/// Codes of commands (docs/commands.md) keep their names; the others are those of <see cref="ProblemCodes"/>.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">For a person: names the thing, the place and the cure.</param>
/// <param name="Detail">More members of the problem object.</param>
public sealed record Problem(int Status, string Code, string Message, IReadOnlyDictionary<string, object?>? Detail = null)
{
    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Problem NotFound(string message) => new(StatusCodes.Status404NotFound, ProblemCodes.NotFound, message);

    public static Problem Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);

    public static Problem Invalid(string parameter, string message) =>
        new(StatusCodes.Status400BadRequest, ProblemCodes.InvalidArgument, message, new Dictionary<string, object?> { ["parameter"] = parameter });

    /// <summary>A command that never got in.</summary>
    public static Problem Of(CommandError error) => new(
        StatusOf(error.Code),
        NameOf(error.Code),
        error.Message,
        error.Detail is { ValueKind: JsonValueKind.Object } detail ? detail.Deserialize<Dictionary<string, object?>>() : null);

    /// <summary>The code as it travels.</summary>
    public static string NameOf(ErrorCode code) => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());

    static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.Denied => StatusCodes.Status403Forbidden,
        ErrorCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.Busy => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };
}

/// <summary>Ends a request with a <see cref="Problem"/>.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;
}

/// <summary>The codes of the REST API that are no command's.</summary>
public static class ProblemCodes
{
    public const string InvalidArgument = "invalidArgument";
    public const string NotFound = "notFound";
    public const string TooLarge = "tooLarge";
    public const string Internal = "internal";

    /// <summary>No token, or one that doesn't count.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The token's role does not cover it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The method, the media type or the body's form is not what the path takes.</summary>
    public const string BadRequest = "badRequest";

    /// <summary>The commandId belongs to another request.</summary>
    public const string CommandIdReused = "commandIdReused";

    /// <summary>The Node isn't connected, or has been silent for 90 s.</summary>
    public const string NodeOffline = "nodeOffline";

    /// <summary>The Node isn't approved, or was revoked.</summary>
    public const string NodeNotApproved = "nodeNotApproved";

    /// <summary>The node's state does not allow it.</summary>
    public const string WrongState = "wrongState";

    /// <summary>What the machine says of itself changed since the approver looked.</summary>
    public const string FactsChanged = "factsChanged";

    /// <summary>Too many attempts from this address: pairing, login, setup.</summary>
    public const string TooManyAttempts = "tooManyAttempts";

    /// <summary>Login: user name or password is wrong.</summary>
    public const string WrongCredentials = "wrongCredentials";

    /// <summary>The current password, given again, is wrong.</summary>
    public const string WrongPassword = "wrongPassword";

    /// <summary>Too many wrong passwords; with the time until which the user is locked.</summary>
    public const string Locked = "locked";

    public const string WrongSetupCode = "wrongSetupCode";
    public const string SetupCodeExpired = "setupCodeExpired";

    /// <summary>There is an administrator already.</summary>
    public const string AlreadySetUp = "alreadySetUp";

    /// <summary>Another user has that name.</summary>
    public const string NameTaken = "nameTaken";

    /// <summary>Nobody would be left who can manage the Gateway.</summary>
    public const string LastAdministrator = "lastAdministrator";

    /// <summary>A foreign page's request with the session of somebody who is signed in.</summary>
    public const string CrossSite = "crossSite";

    /// <summary>The command doesn't wait for an approval any more: somebody was faster, or it has expired or was cancelled.</summary>
    public const string AlreadyDecided = "alreadyDecided";

    /// <summary>What would run is not what the approver saw.</summary>
    public const string ApprovalChanged = "approvalChanged";

    /// <summary>The Gateway stops; a waiting command goes on.</summary>
    public const string ShuttingDown = "shuttingDown";

    /// <summary>The store can't be written.</summary>
    public const string StoreUnavailable = "storeUnavailable";
}
