using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>Looks into the file system.</summary>
public sealed class ProgramLocator : IProgramLocator
{
    const int MostLinks = 40;

    public string? Find(string program, string? folder, string? searchPath)
    {
        try
        {
            return ProgramPath.Find(program, folder, searchPath) is { } path ? Path.GetFullPath(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A name that no file can have (a NUL in it), or a folder that nobody may look into.
            return null;
        }
    }

    public string Resolve(string fullPath)
    {
        var links = 0;
        try
        {
            return Resolve(fullPath, ref links);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return fullPath;
        }
    }

    // .NET resolves a link at the end of a path only; /bin itself is a link on most systems.
    static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        var here = Path.Combine(Resolve(parent, ref links), Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (++links > MostLinks) throw new IOException($"{path}: too many levels of symbolic links");
        return Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref links);
    }
}
