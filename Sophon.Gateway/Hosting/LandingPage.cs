using System.Security.Cryptography;
using System.Text;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hosting;

/// <summary>What a person sees who pastes the Gateway's URL into a browser: that it is one. The Dashboard takes this place.</summary>
static class LandingPage
{
    const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}code{font-size:.95em}";

    static readonly string Page = $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sophon Gateway</title><style>{Style}</style></head>
        <body>
        <h1>Sophon Gateway</h1>
        <p>Version {GatewayVersion.Text}. This is the address that <code>sophon-node pair --gateway</code> takes.</p>
        <ul>
        <li><a href="openapi/v1.json">The REST API's description</a> (OpenAPI)</li>
        <li><a href="health/ready">Health</a></li>
        <li>Nodes connect at <code>{WireNames.HubPath}</code></li>
        </ul>
        </body>
        </html>
        """;

    static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapLandingPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", (HttpContext http) =>
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Content(Page, "text/html; charset=utf-8");
    }).ExcludeFromDescription();
}
