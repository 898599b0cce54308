using System.Formats.Tar;
using System.IO.Compression;

namespace Sophon.Operations.Releases;

/// <summary>Takes the program out of a release's archive, and nothing else.</summary>
static class ProgramArchive
{
    const long LargestProgram = 1024L * 1024 * 1024;

    /// <param name="archive">.tar.gz or .zip, told apart by its first bytes.</param>
    /// <param name="program">The entry's name, e.g. <c>sophon-node</c>.</param>
    /// <param name="file">Made executable; must not exist.</param>
    /// <exception cref="ReleaseException">The archive lacks it, or is none.</exception>
    public static void Extract(string archive, string program, string file)
    {
        try
        {
            using var source = File.OpenRead(archive);
            var isZip = source.ReadByte() == 'P';
            source.Position = 0;
            if (isZip) FromZip(source, program, file);
            else FromTar(source, program, file);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ReleaseException($"{archive} is neither a .tar.gz nor a .zip archive: {error.Message}", error);
        }
    }

    static void FromZip(Stream source, string program, string file)
    {
        using var zip = new ZipArchive(source, ZipArchiveMode.Read);
        var entry = zip.GetEntry(program) ?? throw Lacks(program);
        using var content = entry.Open();
        Write(content, file);
    }

    static void FromTar(Stream source, string program, string file)
    {
        using var tar = new TarReader(new GZipStream(source, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != program || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null) continue;
            Write(entry.DataStream, file);
            return;
        }

        throw Lacks(program);
    }

    static void Write(Stream content, string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        using (var target = new FileStream(file, options))
        {
            var buffer = new byte[128 * 1024];
            long written = 0;
            while (content.Read(buffer) is > 0 and var count)
            {
                if ((written += count) > LargestProgram) throw new ReleaseException($"The program in the archive is larger than {LargestProgram / (1024 * 1024)} MiB, which none of ours is.");
                target.Write(buffer.AsSpan(0, count));
            }

            target.Flush(flushToDisk: true);
        }
    }

    static ReleaseException Lacks(string program) => new($"The archive holds no {program}. Is it the one for this system?");
}
