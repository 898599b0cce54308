using System.Text;

namespace Sophon.Node.Cli.Logs;

/// <summary>Reads the daily files as one, and what is added to them: the next day's file, or the next of a day, takes over by itself.</summary>
sealed class LogFollower(string folder) : IDisposable
{
    const string Pattern = "sophon-node-*.log";

    readonly StringBuilder partial = new();
    readonly char[] buffer = new char[16 * 1024];
    string? current;
    StreamReader? reader;

    /// <summary>Oldest first. The second file of a day (…_001) sorts after its first.</summary>
    public static IReadOnlyList<string> Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, Pattern).OrderBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)]
        : [];

    /// <summary>The whole lines since the last call.</summary>
    /// <param name="from">The first call begins with this file; null: with the newest.</param>
    public IEnumerable<string> ReadLines(string? from = null)
    {
        if (current is null && Files(folder) is [.., var newest]) current = from ?? newest;
        while (current is not null)
        {
            foreach (var line in ReadCurrent()) yield return line;
            if (Files(folder).FirstOrDefault(file => string.CompareOrdinal(Path.GetFileNameWithoutExtension(file), Path.GetFileNameWithoutExtension(current)) > 0) is not { } next) yield break;

            // What came between the last read and the look for a successor.
            foreach (var line in ReadCurrent()) yield return line;
            reader?.Dispose();
            (reader, current) = (null, next);
        }
    }

    public void Dispose() => reader?.Dispose();

    IEnumerable<string> ReadCurrent()
    {
        reader ??= Open(current!);
        while (reader is not null && reader.Read(buffer) is > 0 and var count)
        {
            for (int start = 0, at; start < count; start = at + 1)
            {
                at = Array.IndexOf(buffer, '\n', start, count - start);
                partial.Append(buffer, start, (at < 0 ? count : at) - start);
                if (at < 0) break;
                yield return partial.ToString().TrimEnd('\r');
                partial.Clear();
            }
        }
    }

    static StreamReader? Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
