namespace Sophon.Operations.Services.Windows;

/// <summary>A service of Windows' own, by <c>sc</c>: starts at boot, in session 0, where there is no desktop.</summary>
public sealed class WindowsService(ServiceDefinition service) : IServiceManager
{
    const int AlreadyRunning = 1056, DoesNotExist = 1060, MarkedForDeletion = 1072;

    /// <summary>What <c>net stop</c> ends with when there is nothing to stop.</summary>
    const int NothingToStop = 2;

    public string Name => "Windows, as a service of this machine";

    public bool IsInstalled
    {
        get
        {
            if (!OperatingSystem.IsWindows()) return false;
            using var key = Microsoft.Win32.Registry.LocalMachine.OpenSubKey(Key);
            return key is not null;
        }
    }

    public string? Obstacle => OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess ? "Services of this machine are an administrator's: run this in an elevated shell." : null;

    public IReadOnlyList<string> Notes => service.NeedsDesktop
        ? ["A service runs in session 0: it can run programs and tell about the system, and has no screen, mouse or keyboard. For those: service install without --windows-service."]
        : [];

    string Key => $@"SYSTEM\CurrentControlSet\Services\{service.WindowsName}";

    public IReadOnlyList<ServiceStep> Plan(ServiceVerb verb) => verb switch
    {
        ServiceVerb.Install => [
            Sc(IsInstalled ? "config" : "create", service.WindowsName, "start=", "auto", "binPath=", WindowsArguments.Join(service.CommandLine)),
            Sc("description", service.WindowsName, service.Description),
            Sc("failure", service.WindowsName, "reset=", "86400", "actions=", "restart/10000/restart/10000/restart/60000"),

            // Also when it ends by itself with an error ("sc failureflag").
            Registry("FailureActionsOnNonCrashFailures", "REG_DWORD", "1"),
            .. service.Environment.Count == 0
                ? Array.Empty<ServiceStep>()
                : [Registry("Environment", "REG_MULTI_SZ", string.Join("\\0", service.Environment.Select(variable => $"{variable.Key}={variable.Value}")))],
            .. Plan(ServiceVerb.Start)],
        ServiceVerb.Start => [Sc("start", service.WindowsName) with { Accepts = [0, AlreadyRunning] }],

        // "sc stop" returns before the service has stopped.
        ServiceVerb.Stop => [new RunProgram("net", "stop", service.WindowsName) { Accepts = [0, NothingToStop] }],
        ServiceVerb.Restart => [.. Plan(ServiceVerb.Stop), .. Plan(ServiceVerb.Start)],
        ServiceVerb.Status => [Sc("query", service.WindowsName) with { Shows = true }],
        ServiceVerb.Uninstall => [
            .. Plan(ServiceVerb.Stop),
            Sc("delete", service.WindowsName) with { Accepts = [0, DoesNotExist, MarkedForDeletion] }],
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    static RunProgram Sc(params string[] arguments) => new("sc", arguments);

    RunProgram Registry(string name, string type, string value) => new("reg", "add", $@"HKLM\{Key}", "/v", name, "/t", type, "/d", value, "/f");
}
