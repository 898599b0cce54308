using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>
/// What the forms of the account pages post to. Each needs an antiforgery token, and answers with a redirect: on, or back to the page
/// with a reason (<see cref="AccountProblems"/>).
/// </summary>
static class AccountEndpoints
{
    const string AccountPage = "/account";

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup(AccountPage).ExcludeFromDescription();
        forms.MapPost("/setup", (HttpContext http, SetupCodes codes) => AnswerAsync(http, AccountCookie.SetupPath, async form =>
        {
            CheckRepeated(form);
            await AccountCookie.SignInAsync(http, await codes.RedeemAsync(form["code"], form["user"], form["displayName"], form["password"], AddressOf(http)));
            return Home(http);
        }));
        forms.MapPost("/login", (HttpContext http, Logins logins) => AnswerAsync(http, AccountCookie.LoginPath, async form =>
        {
            await AccountCookie.SignInAsync(http, await logins.SignInAsync(form["user"], form["password"], AddressOf(http)));
            return LocalUrl.Or(form["returnUrl"], Home(http));
        }));
        forms.MapPost("/logout", (Delegate)LogoutAsync);
        forms.MapPost("/sign-out-everywhere", (HttpContext http, AccountService accounts) => AnswerAsync(http, AccountCookie.LoginPath, async _ =>
        {
            if (Caller.TryOf(http.User) is { AccountId: { } id } caller) await accounts.SignOutEverywhereAsync(caller, id);
            await http.SignOutAsync(AccountCookie.SchemeName);
            return Login(http, AccountProblems.SignedOutEverywhere);
        }));
        forms.MapPost("/password", (HttpContext http, Logins logins, AccountService accounts) => AnswerAsync(http, AccountPage, async form =>
        {
            if (Caller.TryOf(http.User) is not { AccountId: { } id } caller) return Login(http, AccountProblems.SessionEnded);
            CheckRepeated(form);
            await logins.ConfirmAsync(http.User.Identity?.Name, form["current"], AddressOf(http));
            await AccountCookie.SignInAsync(http, await accounts.SetOwnPasswordAsync(caller, id, form["password"]));
            return http.Request.PathBase + AccountPage + "?reason=" + AccountProblems.PasswordChanged;
        }));
    }

    static Task<IResult> LogoutAsync(HttpContext http) => AnswerAsync(http, AccountCookie.LoginPath, async _ =>
    {
        await http.SignOutAsync(AccountCookie.SchemeName);
        return Login(http, AccountProblems.SignedOut);
    });

    /// <param name="page">Where it goes back to when the form is refused.</param>
    static async Task<IResult> AnswerAsync(HttpContext http, string page, Func<IFormCollection, Task<string>> act)
    {
        http.Response.Headers.CacheControl = "no-store";
        IFormCollection? form = null;
        try
        {
            form = await ReadAsync(http);
            return Results.Redirect(await act(form));
        }
        catch (ProblemException refused)
        {
            return Back(http, page, form, refused.Problem);
        }
        catch (StoreException)
        {
            return Back(http, page, form, new Problem(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, ""));
        }
    }

    static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        try
        {
            if (!http.Request.HasFormContentType) throw new AntiforgeryValidationException("There is no form.");
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is AntiforgeryValidationException or InvalidDataException)
        {
            throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, AccountProblems.FormExpired, error.Message));
        }
    }

    static IResult Back(HttpContext http, string page, IFormCollection? form, Problem problem)
    {
        var query = AccountProblems.Query(problem);
        if (LocalUrl.Or(form?["returnUrl"], "") is { Length: > 0 } returnUrl) query = query.Add("returnUrl", returnUrl);
        return Results.Redirect(http.Request.PathBase + page + query);
    }

    static void CheckRepeated(IFormCollection form)
    {
        if (form.TryGetValue("passwordAgain", out var again) && again != form["password"]) throw AccountProblems.Mismatch();
    }

    static string Home(HttpContext http) => http.Request.PathBase + "/";

    static string Login(HttpContext http, string reason) => $"{http.Request.PathBase}{AccountCookie.LoginPath}?reason={reason}";

    static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
