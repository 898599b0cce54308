using System.Diagnostics;
using System.Runtime.InteropServices;
using Sophon.Node.Platform.Applications;
using Sophon.Node.Platform.MacOS.Native;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

sealed class MacApplications(IWindows windows, MacLauncher launcher, TimeProvider time) : ApplicationsByWindow(windows, time)
{
    public override Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) => launcher.ByNameAsync(name, cancellationToken);

    public override Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        launcher.ByPathAsync(path, arguments, cancellationToken);

    protected override bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    protected override void AskToEnd(int pid)
    {
        if (LibSystem.Kill(pid, LibSystem.SigTerm) == 0 || Marshal.GetLastPInvokeError() == LibSystem.NoSuchProcess) return;
        throw new ActionFailedException($"Process {pid} could not be ended: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    protected override bool IsCalled(ApplicationInfo app, string name) => string.Equals(app.Name, name, StringComparison.OrdinalIgnoreCase);
}
