using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Accounts;

/// <summary>
/// Refuses what a foreign page makes the browser of a signed-in person send to the REST API. Browsers say where a request comes from
/// (<c>Sec-Fetch-Site</c>, else <c>Origin</c>); programs say neither, and have no cookie that somebody else could borrow.
/// </summary>
static class CrossSiteRequests
{
    public static Task RefuseAsync(HttpContext http, RequestDelegate next) =>
        IsSafe(http.Request.Method) || Caller.TryOf(http.User)?.AccountId is null || IsOwn(http.Request)
            ? next(http)
            : throw new ProblemException(new Problem(
                StatusCodes.Status403Forbidden, ProblemCodes.CrossSite, "This request comes from another site's page; the session of a signed-in user counts only for the Gateway's own pages."));

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
