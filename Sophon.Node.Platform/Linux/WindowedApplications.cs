using System.Runtime.Versioning;
using Sophon.Node.Platform.Applications;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux;

/// <summary>Applications as the windows of any Linux desktop show them.</summary>
[SupportedOSPlatform("linux")]
sealed class WindowedApplications(IWindows windows, ApplicationLauncher launcher, TimeProvider time) : ApplicationsByWindow(windows, time)
{
    public override Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.Run(() => launcher.LaunchByName(name), cancellationToken);

    public override Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Task.Run(() => launcher.LaunchByPath(path, arguments), cancellationToken);

    // One of our own that has ended is collected at once: the signal that tells of it may come later than the caller looks.
    protected override bool IsAlive(int pid)
    {
        if (RunningProcess.IsAlive(pid)) return true;
        ChildReaper.Collect(pid);
        return false;
    }

    protected override void AskToEnd(int pid) => RunningProcess.Terminate(pid);

    protected override bool IsCalled(ApplicationInfo app, string name) =>
        string.Equals(app.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(RunningProcess.Name(app.ProcessId), name, StringComparison.OrdinalIgnoreCase);
}
