using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.WindowsServices;
using Sophon.Node.Cli.Service;
using Sophon.Node.Settings;

namespace Sophon.Node.Composition;

/// <summary>How the end of the Node is put to its service manager: start it again, or leave it.</summary>
static class ServiceEnd
{
    /// <summary>launchd and the Task Scheduler know only 0 from the rest: what no restart would cure ends with 0 under them, and the log has the reason.</summary>
    public static int Told(int code, RunMode mode, Func<string, string?> environment) =>
        mode == RunMode.Service && ((ExitCode)code).IsFinal() && (OperatingSystem.IsWindows() || environment("XPC_SERVICE_NAME") == NodeService.LaunchdLabel) ? 0 : code;

    /// <summary>A Windows service tells its end before the process has one.</summary>
    public static void Announce(IHost host, ExitCode code)
    {
        if (OperatingSystem.IsWindows() && !code.IsFinal() && host.Services.GetService<IHostLifetime>() is WindowsServiceLifetime service) service.ExitCode = (int)code;
    }
}
