using System.Diagnostics.CodeAnalysis;

namespace Sophon.Node.Gateway;

/// <summary>The Gateway's base address: scheme, host, port and, behind a proxy, a path.</summary>
static class GatewayAddress
{
    /// <summary>What a person typed. Without a scheme it is https, and http on this machine itself.</summary>
    /// <param name="error">What is wrong, and what is right.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? gateway, [NotNullWhen(false)] out string? error)
    {
        text = text.Trim();
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : Assume(text);
        gateway = Uri.TryCreate(withScheme, UriKind.Absolute, out var uri) ? uri : null;
        if (gateway is not null && Fault(gateway) is null)
        {
            gateway = new Uri(Show(gateway));
            error = null;
            return true;
        }

        error = $"\"{text}\" {(gateway is null ? "is no address" : Fault(gateway))}. The Gateway's address looks like https://gw.example.com";
        gateway = null;
        return false;
    }

    /// <summary>What config.json holds: as typed, but the scheme has to be there.</summary>
    public static bool TryParseStored(string text, [NotNullWhen(true)] out Uri? gateway)
    {
        gateway = null;
        return text.Contains("://", StringComparison.Ordinal) && TryParse(text, out gateway, out _);
    }

    /// <summary>For people and config.json: without the slash at the end.</summary>
    public static string Show(Uri gateway) => gateway.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <param name="path">Begins with a slash.</param>
    public static Uri At(Uri gateway, string path) => new(Show(gateway) + path);

    /// <summary>The token would travel in the clear over a network.</summary>
    public static bool IsInsecure(Uri gateway) => gateway.Scheme == Uri.UriSchemeHttp && !gateway.IsLoopback;

    static string? Fault(Uri uri) =>
        uri.Scheme is not ("https" or "http") ? "is neither https nor http"
        : uri.Host.Length == 0 ? "names no host"
        : uri.UserInfo.Length > 0 ? "holds a user name or password, which has no place there"
        : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "is a page: leave out what follows ? or #"
        : null;

    static string Assume(string text) =>
        Uri.TryCreate("http://" + text, UriKind.Absolute, out var plain) && plain.IsLoopback ? "http://" + text : "https://" + text;
}
