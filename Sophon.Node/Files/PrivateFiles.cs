using Sophon.Node.Files.Unix;

namespace Sophon.Node.Files;

/// <summary>Files that only their owner may read: 0600 in folders of 0700 from the moment they exist, whatever the umask. On Windows the profile's ACL holds.</summary>
static class PrivateFiles
{
    const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>With its parents. A folder that is there already keeps its mode: it may be the person's own choice, and <c>doctor</c> tells.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) CreateFolder(parent);

        // The mode is for the last folder only: .NET makes missing parents as the umask says.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>Opens a file for writing and creates it where it is missing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>As <see cref="Open"/> with <see cref="FileShare.None"/>, which among our own processes is a lock: waits while another holds it.</summary>
    /// <exception cref="IOException">Also: it was still held after <paramref name="patience"/>.</exception>
    public static FileStream OpenExclusively(string path, TimeSpan patience)
    {
        for (var deadline = DateTime.UtcNow + patience; ; Thread.Sleep(1))
        {
            try
            {
                return Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException error) when (IsInUse(error) && DateTime.UtcNow < deadline)
            {
                // The other one writes a line and lets go.
            }
        }
    }

    /// <summary>EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    public static bool IsInUse(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    /// <summary>Replaces a file: a reader, or a crash at any point, finds the old content or the new, never less.</summary>
    /// <param name="durable">Also survives a power cut: file and folder are flushed to the disk.</param>
    /// <exception cref="IOException">Nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing changed.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = path + ".new";
        CreateFolder(folder);
        try
        {
            File.Delete(beside);
            using (var file = Open(beside, FileMode.CreateNew, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: durable);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }

        if (durable) FolderFlush.Flush(folder);
    }

    public static void Delete(string path)
    {
        if (!File.Exists(path)) return;
        File.Delete(path);
        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }
}
