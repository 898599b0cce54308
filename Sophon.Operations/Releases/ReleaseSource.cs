namespace Sophon.Operations.Releases;

/// <summary>Reads files of a release from a folder or by HTTP, through the proxy that HTTPS_PROXY names.</summary>
/// <param name="progress">Called now and then with bytes read and, where known, bytes in all.</param>
public sealed class ReleaseSource(HttpClient http, Action<long, long?> progress)
{
    const long LargestArchive = 1024L * 1024 * 1024;
    const int LargestIndex = 1024 * 1024;
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>A folder or an URL, and a file's name in it.</summary>
    public static string Join(string source, string name) => IsUrl(source) ? $"{source.TrimEnd('/')}/{name}" : Path.Combine(source, name);

    /// <summary>The sums come over the same wire as the archive, so the wire has to be trusted.</summary>
    /// <returns>Why not; null when it may be used.</returns>
    public static string? Objection(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback
            ? $"{source} is not encrypted, so whoever is on the way could replace both archive and sum. Use https, or --from with the --sha256 that you know."
            : null;

    /// <exception cref="ReleaseException">It can't be read.</exception>
    public async Task<ReleaseIndex> ReadIndexAsync(string source, CancellationToken cancellationToken)
    {
        var place = Join(source, ReleaseIndex.FileName);
        using var text = new MemoryStream();
        await CopyAsync(place, text, LargestIndex, cancellationToken);
        return ReleaseIndex.Read(System.Text.Encoding.UTF8.GetString(text.ToArray()), place);
    }

    /// <summary>Brings an archive to a file, and checks it.</summary>
    /// <exception cref="ReleaseException">It can't be read, or is not what <paramref name="sha256"/> says.</exception>
    public async Task FetchAsync(string place, string sha256, string file, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await CopyAsync(place, target, LargestArchive, cancellationToken);
        target.Position = 0;
        var sum = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(target, cancellationToken));
        if (!sum.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            throw new ReleaseException($"{place} has the SHA-256 sum {sum}, and not {sha256.ToLowerInvariant()}: it is damaged, or not what you wanted. Nothing was changed.");
    }

    static bool IsUrl(string place) => Uri.TryCreate(place, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    async Task CopyAsync(string place, Stream target, long limit, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsUrl(place))
            {
                await using var file = File.OpenRead(place);
                await CopyAsync(place, file, file.Length, target, limit, cancellationToken);
                return;
            }

            using var response = await http.GetAsync(new Uri(place), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new ReleaseException($"{place} answers {(int)response.StatusCode} ({response.ReasonPhrase}).");
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await CopyAsync(place, body, response.Content.Headers.ContentLength, target, limit, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException || error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ReleaseException($"{place} can't be read: {(error is OperationCanceledException ? "it answers no more" : error.Message)}", error);
        }
    }

    async Task CopyAsync(string place, Stream source, long? length, Stream target, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        long read = 0;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (true)
        {
            silence.CancelAfter(Silence);
            var count = await source.ReadAsync(buffer, silence.Token);
            if (count == 0) return;
            read += count;
            if (read > limit) throw new ReleaseException($"{place} is larger than {limit / (1024 * 1024)} MiB, which no release is.");
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            progress(read, length);
        }
    }
}
