using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Dashboard.Security;

/// <summary>The person at this page. Whatever a page does for them begins with <see cref="DemandAsync"/>: hiding a button protects nothing.</summary>
sealed class Person(AuthenticationStateProvider state, AccountSessions sessions, IAuthorizationService authorization)
{
    /// <returns>Who asks, by their account as it is now.</returns>
    /// <exception cref="ProblemException">They are signed out, or their role does not cover it; the message is for them.</exception>
    public async Task<Caller> DemandAsync(string policy)
    {
        var user = await sessions.RefreshAsync((await state.GetAuthenticationStateAsync()).User)
            ?? throw Refusal(StatusCodes.Status401Unauthorized, ProblemCodes.Unauthorized, "You are signed out; sign in again. Nothing was done.");
        if (!await MayAsync(user, policy))
            throw Refusal(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "Your role does not cover this. Nothing was done.");
        return Caller.Of(user);
    }

    async Task<bool> MayAsync(ClaimsPrincipal user, string policy) => (await authorization.AuthorizeAsync(user, null, policy)).Succeeded;

    static ProblemException Refusal(int status, string code, string message) => new(new Problem(status, code, message));
}
