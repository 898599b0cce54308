using Sophon.Node.Actors.Audit;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Audit;

/// <summary>Reads the audit while it may be written.</summary>
static class AuditReader
{
    /// <exception cref="IOException">A file can't be read.</exception>
    public static AuditReport Verify(AuditFolder folder, AuditHead? expected)
    {
        var verifier = new AuditVerifier(expected);
        foreach (var (file, _) in folder.Files)
        {
            var bytes = ReadAll(file).AsSpan();
            var number = 1;
            for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; number++)
            {
                verifier.Take(file, number, bytes[..end]);
                bytes = bytes[(end + 1)..];
            }

            if (!bytes.IsEmpty) verifier.TakeTornEnd(file, number, bytes.Length);
        }

        return verifier.Finish();
    }

    /// <summary>The last records' lines, oldest first.</summary>
    public static IReadOnlyList<string> Last(AuditFolder folder, int count)
    {
        var lines = new LinkedList<string>();
        foreach (var (file, _) in folder.Files.Reverse())
        {
            foreach (var line in System.Text.Encoding.UTF8.GetString(ReadAll(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                if (lines.Count == count) return [.. lines];
                lines.AddFirst(line);
            }
        }

        return [.. lines];
    }

    static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return all.ToArray();
    }
}
