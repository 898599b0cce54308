using Sophon.Operations.Services.Launchd;
using Sophon.Operations.Services.Systemd;
using Sophon.Operations.Services.Unix.Native;
using Sophon.Operations.Services.Windows;

namespace Sophon.Operations.Services;

/// <summary>Which manager keeps a program running on this machine.</summary>
public static class ServiceManagers
{
    /// <param name="ofMachine">A service of the machine's rather than the person's own: root's systemd, or a Windows service.</param>
    /// <param name="linger">Linux: also before anybody logs in.</param>
    public static IServiceManager Pick(ServiceDefinition service, bool ofMachine, bool linger)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows()) return ofMachine ? new WindowsService(service) : new LogonTask(service, $@"{Environment.UserDomainName}\{Environment.UserName}");
        return OperatingSystem.IsMacOS()
            ? new LaunchAgent(service, home, (int)LibC.GetUid())
            : new SystemdService(service, Environment.GetEnvironmentVariable, home, ofMachine, linger);
    }

    /// <summary>How this very program is started again: its own file, or .NET and its assembly.</summary>
    /// <param name="assembly">The entry assembly's file; empty in a program of one file.</param>
    public static IReadOnlyList<string> OwnCommandLine(string assembly, params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        string[] start = Path.GetFileNameWithoutExtension(program) == "dotnet" && assembly.Length > 0 ? [program, assembly] : [program];
        return [.. start, .. arguments];
    }
}
