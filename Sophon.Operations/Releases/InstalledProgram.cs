namespace Sophon.Operations.Releases;

/// <summary>A program of one file, its successor on the way (<c>.next</c>) and its predecessor (<c>.previous</c>), all in one folder.</summary>
/// <param name="file">Absolute; no symbolic link.</param>
public sealed class InstalledProgram(string file)
{
    public string File => file;

    public string Next => file + ".next";

    public string Previous => file + ".previous";

    /// <summary>Unpacks the archive's program as <see cref="Next"/>, with this one's rights.</summary>
    /// <exception cref="ReleaseException">The archive can't be used.</exception>
    public void Unpack(string archive)
    {
        System.IO.File.Delete(Next);
        ProgramArchive.Extract(archive, Path.GetFileName(file), Next);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(Next, System.IO.File.GetUnixFileMode(file));
    }

    /// <summary><see cref="Next"/> takes this one's place; whoever starts the program gets the old one or the new one, whatever happens meanwhile.</summary>
    public void Swap()
    {
        Keep();
        TakePlace(Next);
    }

    /// <summary>Back to <see cref="Previous"/>, which stays.</summary>
    public void SwapBack()
    {
        System.IO.File.Copy(Previous, Next, overwrite: true);
        if (OperatingSystem.IsWindows()) System.IO.File.Move(file, file + ".failed", overwrite: true);
        TakePlace(Next);
        TryDelete(file + ".failed");
    }

    public void Discard() => TryDelete(Next);

    void Keep()
    {
        // Windows lets a running program be renamed, but not replaced.
        if (OperatingSystem.IsWindows())
        {
            System.IO.File.Move(file, Previous, overwrite: true);
            return;
        }

        var beside = Previous + ".new";
        System.IO.File.Copy(file, beside, overwrite: true);
        System.IO.File.Move(beside, Previous, overwrite: true);
    }

    void TakePlace(string successor)
    {
        try
        {
            System.IO.File.Move(successor, file, overwrite: true);
        }
        catch when (!System.IO.File.Exists(file))
        {
            System.IO.File.Copy(Previous, file);
            throw;
        }
    }

    static void TryDelete(string path)
    {
        try
        {
            System.IO.File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Still running, on Windows: the next update overwrites it.
        }
    }
}
