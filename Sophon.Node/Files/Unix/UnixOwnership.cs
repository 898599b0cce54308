using System.Runtime.Versioning;

namespace Sophon.Node.Files.Unix;

/// <summary>Owner and mode.</summary>
[UnsupportedOSPlatform("windows")]
static class UnixOwnership
{
    const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Why somebody else could change it, in words; null when nobody can.</summary>
    /// <param name="ownerId">The user whose it has to be; 0 is root.</param>
    public static string? FaultOf(string path, uint ownerId)
    {
        if (new FileInfo(path).LinkTarget is not null) return "is a symbolic link";
        if (FileOwner.Of(path) is not { } owner) return "does not tell whose it is";
        if (owner != ownerId) return $"belongs to the user with id {owner}, not to {(ownerId == 0 ? "root" : $"the one with id {ownerId}")}";
        var mode = File.GetUnixFileMode(path);
        return (mode & Others) == 0 ? null : $"can be written by others (mode {Convert.ToString((int)mode, 8)})";
    }
}
