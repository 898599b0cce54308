using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Metrics;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>
/// The cookie of a person who is signed in. <c>Lax</c>, so that a link to the Dashboard from elsewhere finds them signed in;
/// what changes anything is a POST, which a foreign page can't send with it (<see cref="CrossSiteRequests"/> and antiforgery besides).
/// </summary>
static class AccountCookie
{
    public const string SchemeName = "Account";
    public const string LoginPath = "/login";
    public const string SetupPath = "/setup";

    const string EndedKey = "sophon.sessionEnded";

    /// <summary>Where an answer is read by a program: 401 and 403 instead of a page.</summary>
    static readonly string[] ProgramPaths = ["/api", "/hubs", "/live", "/openapi", "/_blazor", MetricsExport.Path];

    public static void Configure(CookieAuthenticationOptions options, GatewaySettings settings)
    {
        options.Cookie.Name = "sophon-gateway";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = settings.SessionTime;
        options.SlidingExpiration = true;
        options.LoginPath = LoginPath;
        options.AccessDeniedPath = LoginPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context => RedirectAsync(
            context, StatusCodes.Status401Unauthorized, context.HttpContext.Items.ContainsKey(EndedKey) ? AccountProblems.SessionEnded : null);
        options.Events.OnRedirectToAccessDenied = context => RedirectAsync(context, StatusCodes.Status403Forbidden, ProblemCodes.Forbidden);
    }

    public static Task SignInAsync(HttpContext http, AccountRecord account) => http.SignInAsync(SchemeName, Caller.Principal(account));

    static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<AccountSessions>();
        if (await sessions.RefreshAsync(context.Principal!) is { } current)
        {
            context.ReplacePrincipal(current);
            return;
        }

        context.RejectPrincipal();
        context.HttpContext.Items[EndedKey] = true;
        await context.HttpContext.SignOutAsync(SchemeName);
    }

    static Task RedirectAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string? reason)
    {
        if (ProgramPaths.Any(path => context.Request.Path.StartsWithSegments(path))) Answer(context.Response, status);
        else context.Response.Redirect(context.RedirectUri + (reason is null ? "" : "&reason=" + reason));
        return Task.CompletedTask;
    }

    static void Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
    }
}
