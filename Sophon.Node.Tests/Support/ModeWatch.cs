using System.Collections.Concurrent;

namespace Sophon.Node.Tests.Support;

/// <summary>The widest mode of each path beneath a folder, looked at as often as the machine lets us, from before the folder exists.</summary>
public sealed class ModeWatch : IAsyncDisposable
{
    const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    readonly ConcurrentDictionary<string, UnixFileMode> modes = [];
    readonly CancellationTokenSource stop = new();
    readonly string folder;
    readonly Task watching;

    public ModeWatch(string folder)
    {
        this.folder = folder;
        watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Every path that was seen, relative to the folder, which is "".</summary>
    public IReadOnlyDictionary<string, UnixFileMode> Modes => modes;

    /// <summary>What somebody else could have touched, and its mode in octal.</summary>
    public IEnumerable<string> TooWide => modes.Where(seen => (seen.Value & Others) != 0).Select(seen => $"\"{seen.Key}\" {Convert.ToString((int)seen.Value, 8)}");

    void Watch()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var path in Paths())
            {
                try
                {
                    var mode = File.GetUnixFileMode(path);
                    modes.AddOrUpdate(Path.GetRelativePath(folder, path).TrimStart('.'), mode, (_, seen) => seen | mode);
                }
                catch (IOException)
                {
                    // Renamed since it was listed.
                }
            }

            Thread.Yield();
        }
    }

    IEnumerable<string> Paths()
    {
        try
        {
            return !Directory.Exists(folder) ? [] : [folder, .. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Stops watching; what was seen stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
    }
}
