using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>Applications that are started on the compositor that is there now: its socket's name may have changed since the Node began.</summary>
[SupportedOSPlatform("linux")]
sealed class WaylandApplications(WaylandEnvironment environment, IWindows windows, TimeProvider time) : IApplications
{
    public Task<IReadOnlyList<ApplicationInfo>> ListAsync(CancellationToken cancellationToken) => Current(null).ListAsync(cancellationToken);

    public Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) =>
        Current(WaylandEndpoint.Locate(environment)).LaunchByNameAsync(name, cancellationToken);

    public Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Current(WaylandEndpoint.Locate(environment)).LaunchByPathAsync(path, arguments, cancellationToken);

    public Task CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken) =>
        Current(null).CloseAsync(selector, force, cancellationToken);

    public Task FocusAsync(ApplicationSelector selector, CancellationToken cancellationToken) =>
        Current(null).FocusAsync(selector, cancellationToken);

    WindowedApplications Current(WaylandEndpoint? endpoint) =>
        new(windows, new ApplicationLauncher(DesktopEntries.OfThisUser(), endpoint?.Variables(environment) ?? new Dictionary<string, string?>()), time);
}
