using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

sealed class MacMonitors(MacScripts scripts)
{
    /// <exception cref="DisplayUnavailableException">There is none.</exception>
    public async Task<PointMap> ReadAsync(CancellationToken cancellationToken)
    {
        var monitors = await scripts.RunAsync<MacMonitor[]>("monitors", new { }, cancellationToken);
        return monitors.Length > 0
            ? new PointMap(monitors)
            : throw new DisplayUnavailableException("macOS lists no monitors: the Node runs outside a person's session, or no display is attached.");
    }
}
