using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Composition;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Settings;

namespace Sophon.Node.Reporting;

/// <summary>Keeps <c>state/status.json</c> true. A change of the connection is written at once, the rest no more than once a second.</summary>
sealed class StatusRecorder : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly string path;
    readonly TimeProvider time;
    readonly ILogger log;
    readonly Lock changing = new();
    readonly ITimer timer;
    NodeStatus status;
    bool waiting;
    bool dirty;

    public StatusRecorder(string path, NodeIdentity identity, TimeProvider time, ILogger log, RunMode mode = RunMode.Console)
    {
        (this.path, this.time, this.log) = (path, time, log);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        status = new(
            Environment.ProcessId, self.StartTime.ToUniversalTime(), identity.Token.NodeId, GatewayAddress.Show(identity.GatewayUrl),
            ConnectionState.Connecting, time.GetUtcNow(), Mode: mode, Version: BuildInfo.Current.Version);
        timer = time.CreateTimer(_ => PauseOver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void On(NodeEvents.INodeEvent happened)
    {
        lock (changing)
        {
            var next = After(happened);
            if (next == status) return;
            var changed = next.Connection != status.Connection;
            status = next;
            if (waiting && !changed) dirty = true;
            else Write();
        }
    }

    /// <summary>The last word: written whatever was written before. A refusal stays: it is why the Node stopped.</summary>
    public void Dispose()
    {
        lock (changing)
        {
            timer.Dispose();
            if (status.Connection != ConnectionState.Refused) status = Now(ConnectionState.Stopped, null);
            Write();
        }
    }

    NodeStatus After(NodeEvents.INodeEvent happened) => happened switch
    {
        NodeEvents.ConnectionAttempted when status.Connection is not ConnectionState.Disconnected => Now(ConnectionState.Connecting, null),
        NodeEvents.ConnectedToGateway => Now(ConnectionState.Connected, null),
        NodeEvents.HeartbeatAcknowledged beat => Now(ConnectionState.Online, null) with { LastHeartbeatAt = beat.At, LastRoundTripMs = Math.Round(beat.RoundTrip.TotalMilliseconds, 2), HeartbeatTick = time.GetTimestamp() },
        NodeEvents.ConnectionLost lost => Now(ConnectionState.Disconnected, lost.Reason),
        NodeEvents.ConnectionRefused refused => Now(ConnectionState.Refused, refused.Message),
        NodeEvents.TreeResponded responded => status with { TreeRespondedAt = responded.At, TreeTick = time.GetTimestamp() },
        NodeEvents.JournalChanged journal => status with { JournalTrouble = journal.Trouble },
        NodeEvents.ResultsDropped dropped => status with { DroppedResults = dropped.Results + dropped.Payloads },
        NodeEvents.DesktopChanged desktop => status with { Desktop = desktop.Desktop, DesktopReason = desktop.Reason },
        NodeEvents.NodeFailed failed => Now(ConnectionState.Disconnected, failed.Message),
        _ => status,
    };

    NodeStatus Now(ConnectionState connection, string? detail) =>
        status with { Connection = connection, Detail = detail, Since = connection == status.Connection ? status.Since : time.GetUtcNow() };

    void PauseOver()
    {
        lock (changing)
        {
            waiting = false;
            if (dirty) Write();
        }
    }

    void Write()
    {
        (dirty, waiting) = (false, true);
        timer.Change(Pause, Timeout.InfiniteTimeSpan);
        try
        {
            PrivateFiles.Replace(path, status.ToJson(), durable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk must not end the Node: "status" then says that it is not online, which is the safe side.
            log.Warning("{Path} can't be written: {Reason}", path, error.Message);
        }
    }
}
