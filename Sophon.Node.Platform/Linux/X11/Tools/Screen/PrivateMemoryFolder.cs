using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>A folder that only this user can read, in memory where the system has /dev/shm, gone when disposed.</summary>
[SupportedOSPlatform("linux")]
sealed class PrivateMemoryFolder : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public PrivateMemoryFolder()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"sophon-node-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path, OwnerOnly);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
