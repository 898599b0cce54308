using System.Security.Cryptography;
using Sophon.Node.Actors.Audit;

namespace Sophon.Node.Audit;

/// <summary>How a file of the audit ends.</summary>
/// <param name="Last">Its last intact record; null when it has none.</param>
/// <param name="BrokenBytes">After that record.</param>
/// <param name="TornBytes">Of them those after the last newline: a record that was not finished.</param>
/// <param name="BrokenSha256">Of the broken bytes; null when there are none.</param>
sealed record AuditTail(AuditRecord? Last, long BrokenBytes, int TornBytes, string? BrokenSha256)
{
    const int Window = 256 * 1024;

    /// <summary>Null when the file is not there.</summary>
    public static AuditTail? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public static AuditTail Read(FileStream file)
    {
        var tail = Of(ReadEnd(file, Math.Min(file.Length, Window)));
        return tail.Last is null && file.Length > Window ? Of(ReadEnd(file, file.Length)) : tail;
    }

    static byte[] ReadEnd(FileStream file, long count)
    {
        var bytes = new byte[count];
        file.Position = file.Length - count;
        file.ReadExactly(bytes);
        return bytes;
    }

    static AuditTail Of(ReadOnlySpan<byte> bytes)
    {
        var torn = bytes.Length - (bytes.LastIndexOf((byte)'\n') + 1);
        for (var end = bytes.Length - torn; end > 0;)
        {
            var start = bytes[..(end - 1)].LastIndexOf((byte)'\n') + 1;
            if (AuditRecord.Read(bytes[start..(end - 1)]) is { Intact: true } record) return Ending(record, bytes[end..], torn);
            end = start;
        }

        return Ending(null, bytes, torn);
    }

    static AuditTail Ending(AuditRecord? last, ReadOnlySpan<byte> broken, int torn) =>
        new(last, broken.Length, torn, broken.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(broken)));
}
