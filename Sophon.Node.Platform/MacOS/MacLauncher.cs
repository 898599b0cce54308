using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Starts applications by open(1), and plain programs by osascript; both outlive the Node.</summary>
sealed class MacLauncher(HelperRunner runner, MacScripts scripts, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<int> ByNameAsync(string name, CancellationToken cancellationToken)
    {
        var found = await FindAsync(name, null, cancellationToken);
        return await OpenAsync(found, [], cancellationToken);
    }

    public async Task<int> ByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!Path.IsPathRooted(path)) throw new NotFoundException($"\"{path}\" is no absolute path; give the whole path of the program, or the name of an installed application.");
        if (IsBundle(path)) return await OpenAsync(await FindAsync(null, path, cancellationToken), arguments, cancellationToken);
        if (!File.Exists(path)) throw new NotFoundException($"There is no program {path}.");
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return await scripts.RunAsync<int>("program-start", new { path, arguments, folder }, cancellationToken);
    }

    /// <summary>open(1): -n starts another instance where one runs, so that the arguments reach it.</summary>
    internal static IReadOnlyList<string> Open(string bundle, IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? ["-a", bundle] : ["-n", "-a", bundle, "--args", .. arguments];

    async Task<int> OpenAsync(Found found, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await runner.RunAsync("open", Open(found.Path, arguments), cancellationToken);
        var start = time.GetTimestamp();
        while (true)
        {
            var now = (await FindAsync(null, found.Path, cancellationToken)).ProcessIds;
            // A new instance, or the one that ran already.
            if (now.Except(found.ProcessIds).Concat(arguments.Count == 0 ? now : []).ToList() is [var pid, ..]) return pid;
            if (time.GetElapsedTime(start) > Patience) throw new ActionFailedException($"{found.Path} was opened, but no process of it was seen within {Patience.TotalSeconds:0} s.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    Task<Found> FindAsync(string? name, string? path, CancellationToken cancellationToken) =>
        scripts.RunAsync<Found>("application-find", new { name, path }, cancellationToken);

    static bool IsBundle(string path) => path.TrimEnd('/').EndsWith(".app", StringComparison.OrdinalIgnoreCase) && Directory.Exists(path);

    sealed record Found(string Path, int[] ProcessIds);
}
