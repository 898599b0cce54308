using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Session;

/// <summary>Asks the compositor that is there now what it offers.</summary>
public static class CompositorProbe
{
    /// <exception cref="DisplayUnavailableException">No compositor answers.</exception>
    public static async Task<CompositorFacts> ReadAsync(WaylandEnvironment environment, CancellationToken cancellationToken)
    {
        var endpoint = WaylandEndpoint.Locate(environment);
        using var connection = await WaylandConnection.OpenAsync(endpoint.SocketPath, cancellationToken);
        return CompositorFacts.Classify(
            [.. connection.Registry.Globals.Select(global => global.Interface)], environment.CurrentDesktop, endpoint.SwaySocket is not null);
    }
}
