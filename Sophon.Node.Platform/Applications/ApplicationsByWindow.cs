using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Applications;

/// <summary>Applications as a desktop's windows show them. What an OS knows of processes comes from the derived class.</summary>
abstract class ApplicationsByWindow(IWindows windows, TimeProvider time) : IApplications
{
    /// <summary>How long a polite close may take before it counts as refused.</summary>
    internal static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<ApplicationInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. Group(await windows.ListAsync(cancellationToken)).Select(app => app.Info)];

    public abstract Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken);

    public abstract Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken);

    public async Task CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken)
    {
        var targets = await SelectAsync(selector, cancellationToken);
        if (targets.Any(target => target.ProcessId == Environment.ProcessId))
            throw new InvalidInputException("This would close the Node itself.");

        foreach (var target in targets)
        {
            if (force) ProcessTree.Kill(target.ProcessId);
            else await AskToCloseAsync(target, cancellationToken);
        }

        foreach (var target in targets)
        {
            if (await HasEndedAsync(target.ProcessId, force ? KillPatience : ClosePatience, cancellationToken)) continue;
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

    protected abstract bool IsAlive(int pid);

    /// <summary>Asks a process that has no window to end.</summary>
    protected abstract void AskToEnd(int pid);

    /// <summary>A person may call it by this name, in any case.</summary>
    protected abstract bool IsCalled(ApplicationInfo app, string name);

    async Task<IReadOnlyList<Target>> SelectAsync(ApplicationSelector selector, CancellationToken cancellationToken)
    {
        var apps = await GroupIfPossibleAsync(selector, cancellationToken);
        var matching = apps.Where(app => Matches(app.Info, selector)).Select(app => new Target(app.Info.ProcessId, app.WindowIds)).ToList();
        if (matching.Count > 0) return matching;

        return selector.ProcessId is { } pid && IsAlive(pid)
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
        if (target.WindowIds.Count == 0) AskToEnd(target.ProcessId);
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

    bool Matches(ApplicationInfo app, ApplicationSelector selector) =>
        selector.ProcessId is { } pid ? app.ProcessId == pid : IsCalled(app, selector.Name!);

    async Task<bool> HasEndedAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (IsAlive(pid))
        {
            if (time.GetElapsedTime(start) > patience) return false;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }

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
