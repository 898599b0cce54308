using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux;

/// <summary>Applications as the windows of any Linux desktop show them.</summary>
[SupportedOSPlatform("linux")]
sealed class WindowedApplications(IWindows windows, ApplicationLauncher launcher, TimeProvider time) : IApplications
{
    /// <summary>How long a polite close may take before it counts as refused.</summary>
    internal static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<ApplicationInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. Group(await windows.ListAsync(cancellationToken)).Select(app => app.Info)];

    public Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.Run(() => launcher.LaunchByName(name), cancellationToken);

    public Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Task.Run(() => launcher.LaunchByPath(path, arguments), cancellationToken);

    public async Task CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken)
    {
        var targets = await SelectAsync(selector, cancellationToken);
        if (targets.Any(target => target.ProcessId == Environment.ProcessId))
            throw new InvalidInputException("This would close the Node itself.");

        foreach (var target in targets)
        {
            if (force) RunningProcess.KillTree(target.ProcessId);
            else await AskToCloseAsync(target, cancellationToken);
        }

        foreach (var target in targets)
        {
            if (await RunningProcess.WaitForEndAsync(target.ProcessId, force ? KillPatience : ClosePatience, time, cancellationToken)) continue;
            throw new ActionFailedException(
                $"{selector} (pid {target.ProcessId}) still runs {(force ? KillPatience : ClosePatience).TotalSeconds:0} s after it was asked to close; it may be asking whether to save. force ends it without asking.");
        }
    }

    public async Task FocusAsync(ApplicationSelector selector, CancellationToken cancellationToken)
    {
        var shown = await windows.ListAsync(cancellationToken);
        // Lowest first: the last one is what the person used most recently.
        var app = Group(shown).LastOrDefault(app => Matches(app.Info, selector))
            ?? throw new NotFoundException($"No application with a window is {selector}.");
        await windows.FocusAsync(app.WindowIds[^1], cancellationToken);
    }

    async Task<IReadOnlyList<Target>> SelectAsync(ApplicationSelector selector, CancellationToken cancellationToken)
    {
        var apps = await GroupIfPossibleAsync(selector, cancellationToken);
        var matching = apps.Where(app => Matches(app.Info, selector)).Select(app => new Target(app.Info.ProcessId, app.WindowIds)).ToList();
        if (matching.Count > 0) return matching;

        return selector.ProcessId is { } pid && RunningProcess.IsAlive(pid)
            ? [new Target(pid, [])]
            : throw new NotFoundException(selector.ProcessId is { } missing
                ? $"There is no process {missing}."
                : $"No application with a window is called {selector}. A program without a window is closed by its pid.");
    }

    // A process id needs no window manager.
    async Task<IReadOnlyList<App>> GroupIfPossibleAsync(ApplicationSelector selector, CancellationToken cancellationToken)
    {
        try
        {
            return Group(await windows.ListAsync(cancellationToken));
        }
        catch (PlatformException) when (selector.ProcessId is not null)
        {
            return [];
        }
    }

    async Task AskToCloseAsync(Target target, CancellationToken cancellationToken)
    {
        if (target.WindowIds.Count == 0) RunningProcess.Terminate(target.ProcessId);
        foreach (var id in target.WindowIds)
        {
            try
            {
                await windows.CloseAsync(id, cancellationToken);
            }
            catch (NotFoundException)
            {
                // Closing one window may close the others.
            }
        }
    }

    static bool Matches(ApplicationInfo app, ApplicationSelector selector) => selector.ProcessId is { } pid
        ? app.ProcessId == pid
        : string.Equals(app.Name, selector.Name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(RunningProcess.Name(app.ProcessId), selector.Name, StringComparison.OrdinalIgnoreCase);

    static IReadOnlyList<App> Group(IReadOnlyList<WindowInfo> shown) =>
        [.. shown.Where(window => window.ProcessId is not null)
            .GroupBy(window => window.ProcessId!.Value)
            .Select(group => new App(
                new ApplicationInfo(group.First().App, group.Key, [.. group.Select(window => window.Title)], group.Any(window => window.Focused)),
                [.. group.Select(window => window.Id)]))
            .OrderBy(app => shown.ToList().FindLastIndex(window => window.ProcessId == app.Info.ProcessId))];

    sealed record App(ApplicationInfo Info, IReadOnlyList<string> WindowIds);

    sealed record Target(int ProcessId, IReadOnlyList<string> WindowIds);
}
