using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Sophon.Gateway.Store;

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

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, token.Name), new Claim(ClaimTypes.Role, token.Role.ToString())], ApiTokenHandler.SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), ApiTokenHandler.SchemeName));
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

/// <summary>Authorization policies; a role covers those below it.</summary>
static class ApiPolicies
{
    public const string View = "view";
    public const string Operate = "operate";
    public const string Manage = "manage";

    public static void Add(AuthorizationOptions options)
    {
        AddRole(options, View, GatewayRole.Viewer);
        AddRole(options, Operate, GatewayRole.Operator);
        AddRole(options, Manage, GatewayRole.Administrator);
    }

    static void AddRole(AuthorizationOptions options, string name, GatewayRole least) => options.AddPolicy(name, policy => policy
        .AddAuthenticationSchemes(ApiTokenHandler.SchemeName)
        .RequireRole(Enum.GetValues<GatewayRole>().Where(role => role >= least).Select(role => role.ToString())));
}
