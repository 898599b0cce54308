namespace Sophon.Gateway.Accounts;

/// <summary>Where a form may send a browser: nowhere but to this Gateway's own pages.</summary>
static class LocalUrl
{
    /// <returns><paramref name="url"/> when it is a path here; else <paramref name="otherwise"/>.</returns>
    public static string Or(string? url, string otherwise) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && url.Length <= 2_000 && !url.Any(c => char.IsControl(c) || c == '\\') ? url : otherwise;
}
