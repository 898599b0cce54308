namespace Sophon.Node.Files;

/// <summary>
/// One running Node per folder: two with the same identity would supersede each other at the Gateway. The kernel holds the lock
/// and drops it when the process dies, however it dies; so it also tells whether the Node lives, whatever the clock says.
/// </summary>
sealed class NodeLock : IDisposable
{
    // "status" holds the lock for a moment when it looks: a start at that moment must not give up.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly FileStream file;

    NodeLock(FileStream file) => this.file = file;

    /// <summary>Null when another process holds it.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public static NodeLock? TryTake(NodeHome home)
    {
        PrivateFiles.CreateFolder(home.State);
        for (var deadline = DateTime.UtcNow + Patience; ; Thread.Sleep(50))
        {
            if (TryOpen(home) is { } file) return new NodeLock(file);
            if (DateTime.UtcNow > deadline) return null;
        }
    }

    public static bool IsHeld(NodeHome home)
    {
        if (!File.Exists(home.Lock)) return false;
        using var file = TryOpen(home);
        return file is null;
    }

    public void Dispose() => file.Dispose();

    static FileStream? TryOpen(NodeHome home)
    {
        try
        {
            return PrivateFiles.Open(home.Lock, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException error) when (PrivateFiles.IsInUse(error))
        {
            return null;
        }
    }
}
