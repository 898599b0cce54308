using System.Security.Cryptography;

namespace Sophon.Gateway.Dashboard.Security;

/// <summary>
/// Headers that keep a browser from running, loading or framing anything that isn't ours.
/// Scripts come from our own files, or carry the nonce of their page: Blazor's import map is inline.
/// </summary>
sealed class ContentSecurity(RequestDelegate next)
{
    static readonly object NonceKey = new();

    /// <summary>The request's own nonce, 128 random bits in base64.</summary>
    public static string NonceOf(HttpContext http) => (string)http.Items[NonceKey]!;

    public Task InvokeAsync(HttpContext http)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items[NonceKey] = nonce;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PolicyWith(nonce);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(http);
    }

    // style-src-attr: Virtualize keeps the room of the rows that aren't there by style attributes.
    static string PolicyWith(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
