using System.Buffers;

namespace Sophon.Node.Actors.Journal;

/// <summary>
/// <c>journal/commands.journal</c>: appended to, and rewritten beside and renamed when it has grown. 0600 in a folder of 0700.
/// A record is one write(2) into the system's cache: it outlives a kill of the process at any instruction, but the machine only with <paramref name="sync"/>.
/// </summary>
/// <param name="folder">Absolute. Created when it is missing.</param>
/// <param name="shownAs">The folder as a person knows it, e.g. <c>~/.sophon-node/journal</c>: errors name it, and they travel to the Gateway.</param>
/// <param name="sync">Wait for the disk after each record.</param>
public sealed class JournalFile(string folder, string shownAs, bool sync) : IJournalStore, IDisposable
{
    const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const int ChunkBytes = 256 * 1024;
    const int LongestRead = 1024 * 1024 * 1024;

    readonly string path = Path.Combine(folder, "commands.journal");
    readonly ArrayBufferWriter<byte> buffer = new(4096);
    FileStream? file;

    public long Length { get; private set; }

    public bool IsDurable => sync;

    public JournalReading Read()
    {
        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(RandomAccess.GetLength(handle), LongestRead)];
            var count = 0;
            while (count < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(count), count) is > 0 and var more) count += more;
            return JournalFormat.Read(bytes.AsSpan(0, count));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return JournalReading.Nothing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Never overwritten: somebody may still be able to read it.
            Try(() => File.Move(path, path + ".unreadable", overwrite: true));
            throw Problem(error);
        }
    }

    public void Append(JournalRecord record)
    {
        if (file is null) throw new JournalException($"The journal in {shownAs} is not open.");
        buffer.ResetWrittenCount();
        JournalFormat.WriteRecord(buffer, record);
        var size = buffer.WrittenCount;
        try
        {
            WriteOut(file, Length);
            if (sync) file.Flush(flushToDisk: true);
            Length += size;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A part of it may stand there: the next record overwrites it, and a reader skips it.
            throw Problem(error);
        }
    }

    public void Rewrite(IEnumerable<JournalRecord> records)
    {
        var beside = path + ".new";
        FileStream? fresh = null;
        try
        {
            CreateFolder();
            File.Delete(beside);
            fresh = Create(beside);
            var length = WriteAll(fresh, records);

            // Always: what has reached the disk long ago must not get lost by a rename.
            fresh.Flush(flushToDisk: true);

            // Windows replaces no file that is open.
            Dispose();
            File.Move(beside, path, overwrite: true);
            (file, Length) = (fresh, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fresh?.Dispose();
            Try(() => File.Delete(beside));
            throw Problem(error);
        }
    }

    public void Dispose()
    {
        file?.Dispose();
        file = null;
    }

    long WriteAll(FileStream output, IEnumerable<JournalRecord> records)
    {
        long length = 0;
        buffer.ResetWrittenCount();
        foreach (var record in records)
        {
            JournalFormat.WriteRecord(buffer, record);
            if (buffer.WrittenCount < ChunkBytes) continue;
            output.Write(buffer.WrittenSpan);
            length += buffer.WrittenCount;
            buffer.ResetWrittenCount();
        }

        var rest = buffer.WrittenCount;
        WriteOut(output, length);
        return length + rest;
    }

    /// <summary>The buffer and the end mark, in one write.</summary>
    void WriteOut(FileStream output, long position)
    {
        JournalFormat.WriteEnd(buffer);
        output.Position = position;
        output.Write(buffer.WrittenSpan);
    }

    void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
    }

    static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    JournalException Problem(Exception error)
    {
        var reason = IsDiskFull(error) ? "the disk is full. Free some space on it" : error is UnauthorizedAccessException ? "this user may not write there" : error.Message.TrimEnd('.');
        return new JournalException($"The journal in {shownAs} can't be used: {reason}.", error);
    }

    // ENOSPC and EDQUOT on Linux, EDQUOT on macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    static bool IsDiskFull(Exception error) => error is IOException && (error.HResult & 0xFFFF) is 28 or 122 or 69 or 112 or 39;

    static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }
}
