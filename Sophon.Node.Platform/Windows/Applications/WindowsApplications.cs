using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Applications;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

[SupportedOSPlatform("windows")]
sealed class WindowsApplications(IWindows windows, InstalledApplications installed, TimeProvider time) : ApplicationsByWindow(windows, time)
{
    public override Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.Run(() => LaunchByName(name), cancellationToken);

    public override Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Task.Run(() => LaunchByPath(path, arguments), cancellationToken);

    int LaunchByName(string name) => ApplicationLauncher.Start(
        installed.Find(name) ?? throw new NotFoundException($"No installed application is called \"{name}\" (looked in the Start menu, in App Paths, among the Store apps' aliases, and for a windowed program of Windows itself)."), []);

    static int LaunchByPath(string path, IReadOnlyList<string> arguments)
    {
        if (!Path.IsPathFullyQualified(path)) throw new NotFoundException($"\"{path}\" is no absolute path; give the whole path of the program, or the name of an installed application.");
        if (!File.Exists(path)) throw new NotFoundException($"There is no program {path}.");
        return InstalledApplications.IsProgram(path)
            ? ApplicationLauncher.Start(path, arguments)
            : throw new NotFoundException($"{path} is no program (.exe): documents are opened, and scripts run, by a program that is given their path as an argument.");
    }

    protected override bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It is there, and not ours to ask.
            return true;
        }
    }

    // Windows knows no polite signal; what taskkill does without /F is to close every window, hidden ones included.
    protected override void AskToEnd(int pid)
    {
        var asked = WindowReader.HandlesOf(pid).Count(window => User32.PostMessage(window, User32.Close, 0, 0));
        if (asked == 0) throw new ActionFailedException($"Process {pid} has no window that could be asked to close. force ends it without asking.");
    }

    protected override bool IsCalled(ApplicationInfo app, string name) =>
        string.Equals(app.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(app.Name + ".exe", name, StringComparison.OrdinalIgnoreCase);
}
