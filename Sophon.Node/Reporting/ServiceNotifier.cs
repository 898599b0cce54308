using Microsoft.Extensions.Hosting.Systemd;
using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Gateway;

namespace Sophon.Node.Reporting;

/// <summary>
/// Tells systemd how the Node fares (sd_notify(3)): READY when the tree is up, whether or not a Gateway answers; STATUS in words;
/// WATCHDOG after each round trip through the tree, unless a connection that counts as up has been silent too long; STOPPING at the end.
/// </summary>
sealed class ServiceNotifier(ISystemdNotifier manager, NodeIdentity identity, TimeSpan silenceLimit, TimeProvider time, ILogger log)
{
    readonly string gateway = GatewayAddress.Show(identity.GatewayUrl);
    bool ready;
    bool paused;
    string connection = "";
    long? answeredAt;

    /// <summary>Null when no service manager listens. What this process starts does not inherit the socket.</summary>
    public static ServiceNotifier? FromEnvironment(NodeIdentity identity, TimeSpan silenceLimit, TimeProvider time, ILogger log)
    {
        if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))) return null;
        var notifier = new ServiceNotifier(new SystemdNotifier(), identity, silenceLimit, time, log);
        foreach (var variable in new[] { "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID" }) Environment.SetEnvironmentVariable(variable, null);
        return notifier;
    }

    public void On(NodeEvents.INodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvents.TreeResponded:
                if (!ready) Tell("READY=1");
                ready = true;
                if (answeredAt is not { } last || time.GetElapsedTime(last) <= silenceLimit) Tell("WATCHDOG=1");
                break;
            case NodeEvents.ConnectionAttempted { Attempt: <= 1 }:
                Show($"Connecting to {gateway}");
                break;
            case NodeEvents.ConnectedToGateway:
                answeredAt = time.GetTimestamp();
                break;
            case NodeEvents.HeartbeatAcknowledged:
                answeredAt = time.GetTimestamp();
                Show($"Online at {gateway}");
                break;
            case NodeEvents.ConnectionLost lost:
                answeredAt = null;
                Show($"Offline: {lost.Reason.TrimEnd('.')}. Trying again");
                break;
            case NodeEvents.ConnectionRefused refused:
                answeredAt = null;
                Show(refused.Message);
                break;
            case NodeEvents.NodeFailed failed:
                Show(failed.Message);
                break;
            case NodeEvents.PauseUpdated { Pause: var pause }:
                paused = pause is not null;
                Show(connection);
                break;
        }
    }

    public void Stopping() => Tell("STOPPING=1");

    void Show(string words)
    {
        connection = words;
        Tell($"STATUS={words.ReplaceLineEndings(" ")}{(paused ? " (paused)" : "")}");
    }

    void Tell(string state)
    {
        try
        {
            manager.Notify(new ServiceState(state));
        }
        catch (System.Net.Sockets.SocketException error)
        {
            log.Warning("The service manager can't be told {State}: {Reason}", state, error.Message);
        }
    }
}
