using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Dashboard.Security;

/// <summary>Tells a person at a browser, who wants a page, from a program, which wants problem details.</summary>
static class BrowserPages
{
    static readonly PathString[] Programs = ["/api", "/openapi", "/health", WireNames.HubPath];

    public static bool IsAsked(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Programs.Any(path => http.Request.Path.StartsWithSegments(path));
}
