using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sophon.Gateway.Accounts;

namespace Sophon.Gateway.Tokens;

/// <summary><c>Authorization: Bearer</c> for the REST API.</summary>
sealed class ApiTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerHeader.Read(Request) is not { } text) return AuthenticateResult.NoResult();
        if (await tokens.FindAsync(text, Context.RequestAborted) is not { } token) return AuthenticateResult.Fail("The API token doesn't count.");
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.Principal(token), ApiTokenHandler.SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}

static class BearerHeader
{
    const string Prefix = "Bearer ";

    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim()
            : null;
}
