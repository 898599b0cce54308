using Sophon.Node.Actors.Audit;
using Sophon.Node.Files;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Audit;

/// <summary>
/// The audit on disk. Each record is one write to a file that is opened, and so locked, for just that: the Node and the verbs of the program
/// append to one chain. What the operating system has taken survives a kill of the process; once a second it is flushed to the disk,
/// so a power cut costs at most the last second, which the head that the Gateway keeps reveals.
/// </summary>
sealed class AuditFiles : IAuditLog, IDisposable
{
    const long DefaultFileLimit = 8 * 1024 * 1024;
    const int DefaultFilesKept = 16;

    static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    readonly AuditFolder folder;
    readonly TimeProvider time;
    readonly long fileLimit;
    readonly int filesKept;
    readonly Lock appending = new();
    readonly ITimer flushTimer;
    AuditHead head;
    string current;
    long length = -1;
    long missed;
    string? unflushed;

    /// <param name="fileLimit">Bytes after which a new file begins.</param>
    /// <param name="filesKept">Older files are deleted.</param>
    public AuditFiles(string path, TimeProvider time, long fileLimit = DefaultFileLimit, int filesKept = DefaultFilesKept)
    {
        (folder, this.time, this.fileLimit, this.filesKept) = (new AuditFolder(path), time, fileLimit, filesKept);
        var files = folder.Files;
        current = files.Count > 0 ? files[^1].File : folder.FileOf(1);
        head = LastOf(files);
        flushTimer = time.CreateTimer(_ => Flush(), null, FlushInterval, FlushInterval);
    }

    public AuditHead? Head
    {
        get
        {
            lock (appending) return head.Sequence == 0 ? null : head;
        }
    }

    public void Append(AuditEntry entry)
    {
        lock (appending)
        {
            try
            {
                using var file = OpenAtEnd();
                if (missed > 0) Write(file, new AuditEntry(AuditEvents.Missed) { Count = missed });
                missed = 0;
                Write(file, entry);
                if (length >= fileLimit) Rotate(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                missed++;
                length = -1;
                throw new AuditUnavailableException($"the audit in {NodeHome.Show(folder.Path)} can't be written: {error.Message}", error);
            }
        }
    }

    public void Dispose()
    {
        flushTimer.Dispose();
        Flush();
    }

    FileStream OpenAtEnd()
    {
        while (true)
        {
            PrivateFiles.CreateFolder(folder.Path);
            var file = PrivateFiles.OpenExclusively(current, LockPatience);
            if (file.Length == length || CatchUp(file))
            {
                file.Position = length;
                return file;
            }

            file.Dispose();
        }
    }

    /// <summary>The file is not as this process left it: another of ours has written, or somebody died in the middle of a record, or cut it.</summary>
    /// <returns>False when the chain goes on in another file.</returns>
    bool CatchUp(FileStream file)
    {
        var tail = AuditTail.Read(file);

        // After a cut the chain goes on from what was last written, so that the gap shows.
        if (tail.Last is { } last && last.Sequence > head.Sequence) head = last.Head;
        if (tail is { Last.Event: AuditEvents.Rotated, BrokenBytes: 0 } && tail.Last.Sequence == head.Sequence)
        {
            (current, length) = (folder.FileOf(head.Sequence + 1), 0);
            return false;
        }

        length = file.Length - tail.TornBytes;
        if (tail.BrokenBytes == 0) return true;
        file.SetLength(length);
        file.Position = length;
        Write(file, new AuditEntry(AuditEvents.Repaired)
        {
            Count = tail.BrokenBytes,
            Sha256 = tail.BrokenSha256,
            Detail = tail.BrokenBytes == tail.TornBytes ? "a record that was not finished is cut off" : "the end was no record; whole lines of it are left as they were",
        });
        return true;
    }

    void Write(FileStream file, AuditEntry entry)
    {
        var (line, next) = AuditRecord.Write(head, time.GetUtcNow(), entry);
        try
        {
            RandomAccess.Write(file.SafeFileHandle, line, length);
        }
        catch (IOException)
        {
            // A full disk takes the first part of a record.
            TryCut(file);
            throw;
        }

        (head, length, unflushed) = (next, length + line.Length, current);
    }

    void TryCut(FileStream file)
    {
        try
        {
            file.SetLength(length);
        }
        catch (IOException)
        {
            // The next one who opens the file repairs it.
        }
    }

    void Rotate(FileStream file)
    {
        var kept = folder.Files.TakeLast(filesKept - 1).ToList();
        Write(file, new AuditEntry(AuditEvents.Rotated) { Oldest = kept[0].First });
        FlushFile(current);
        (current, length) = (folder.FileOf(head.Sequence + 1), 0);
        foreach (var (old, first) in folder.Files)
        {
            if (first < kept[0].First) File.Delete(old);
        }
    }

    void Flush()
    {
        string? file;
        lock (appending) (file, unflushed) = (unflushed, null);
        if (file is not null) FlushFile(file);
    }

    // Through a handle of its own, outside the lock: a slow disk must not hold up a command.
    static void FlushFile(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next append tells, if it matters.
        }
    }

    static AuditHead LastOf(IReadOnlyList<(string File, long First)> files) =>
        files.Reverse().Select(file => AuditTail.Read(file.File)?.Last).FirstOrDefault(last => last is not null)?.Head ?? AuditRecord.Genesis;
}
