using System.Globalization;

namespace Sophon.Node.Audit;

/// <summary>The files of the audit: <c>audit-NNNNNNNNNNNN.jsonl</c>, each named after its first record's sequence number.</summary>
sealed class AuditFolder(string path)
{
    const string Prefix = "audit-", Suffix = ".jsonl";

    public string Path => path;

    public string FileOf(long sequence) => System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D12}{Suffix}"));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<(string File, long First)> Files => !Directory.Exists(path) ? [] :
    [
        .. Directory.EnumerateFiles(path, $"{Prefix}*{Suffix}").Select(file => (file, FirstOf(file))).Where(file => file.Item2 > 0).OrderBy(file => file.Item2),
    ];

    static long FirstOf(string file)
    {
        var name = System.IO.Path.GetFileName(file);
        return long.TryParse(name.AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 0;
    }
}
