using System.Net.Sockets;
using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>A compositor that was reached a moment ago.</summary>
/// <param name="SocketPath">Where it listens.</param>
/// <param name="ProcessId">The process that listens there.</param>
/// <param name="SwaySocket">Its IPC socket when it is sway; null otherwise.</param>
sealed record WaylandEndpoint(string SocketPath, int ProcessId, string? SwaySocket)
{
    /// <exception cref="DisplayUnavailableException">No compositor listens.</exception>
    public static WaylandEndpoint Locate(WaylandEnvironment environment)
    {
        SocketException? reason = null;
        foreach (var path in environment.SocketCandidates)
        {
            try
            {
                using var socket = WaylandSocket.Connect(path, WaylandConnection.AnswerDeadline);
                return new WaylandEndpoint(path, socket.PeerProcessId, environment.SwaySocketOf(socket.PeerProcessId));
            }
            catch (SocketException exception)
            {
                reason ??= exception;
            }
        }

        throw NotFound(environment, reason);
    }

    /// <summary>The variables by which a helper finds this compositor.</summary>
    public IReadOnlyDictionary<string, string?> Variables(WaylandEnvironment environment) => new Dictionary<string, string?>
    {
        ["XDG_RUNTIME_DIR"] = environment.RuntimeDirectory ?? Path.GetDirectoryName(SocketPath),
        ["WAYLAND_DISPLAY"] = SocketPath,
        ["SWAYSOCK"] = SwaySocket,
    };

    /// <summary>The error that says where was looked, and what to set.</summary>
    public static DisplayUnavailableException NotFound(WaylandEnvironment environment, Exception? reason) => (environment, reason) switch
    {
        ({ SocketCandidates: [var first, ..] }, { } inner) => new DisplayUnavailableException(
            $"No Wayland compositor answers at {first} ({inner.Message}).", inner),
        ({ RuntimeDirectory: { } folder }, _) => new DisplayUnavailableException(
            $"No Wayland compositor runs for this user (no wayland-* socket in {folder})."),
        _ => new DisplayUnavailableException(
            "No Wayland compositor can be found: XDG_RUNTIME_DIR is not set. Start the Node from the desktop session, or set XDG_RUNTIME_DIR and WAYLAND_DISPLAY."),
    };
}
