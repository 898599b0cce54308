namespace Sophon.Gateway.Live;

/// <summary>Whether a WebSocket was opened by a page of this Gateway: browsers send the page's origin, and let any page open a socket anywhere.</summary>
static class SameOrigin
{
    /// <param name="publicUrl">Where people reach the Gateway, when a proxy is in front of it.</param>
    /// <returns>True without an origin too: then it is no browser, and has a token of its own.</returns>
    public static bool Allows(HttpRequest request, Uri? publicUrl)
    {
        if (request.Headers.Origin.ToString() is not { Length: > 0 } text) return true;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        return IsSame(origin, $"{request.Scheme}://{request.Host}") || (publicUrl is not null && IsSame(origin, publicUrl.ToString()));
    }

    static bool IsSame(Uri origin, string own) =>
        Uri.TryCreate(own, UriKind.Absolute, out var uri) && Uri.Compare(origin, uri, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
