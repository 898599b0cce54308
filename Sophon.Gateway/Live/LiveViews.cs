using System.Runtime.CompilerServices;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Nodes;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Live;

/// <summary>
/// Live views by Node: the first viewer has the Node asked for frames, the last one that leaves ends them. Frames are in memory only,
/// and not longer than somebody watches.
/// </summary>
sealed class LiveViews(NodeDirectory directory, NodeConnections connections, TimeProvider time, ILogger<LiveViews> logger)
{
    /// <summary>A page that is loaded anew finds the view still running.</summary>
    static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <summary>How soon a view whose frames ended is asked for again, and scopes and connection are looked at.</summary>
    static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    sealed class Running(string id, LiveView view)
    {
        public string Id => id;
        public LiveView View => view;
        public CancellationTokenSource Ending { get; } = new();
        public int Viewers { get; set; }
        public bool Streams { get; set; }
        public NodeConnection? AskedOn { get; set; }
        public long AskedAt { get; set; }
    }

    readonly Lock gate = new();
    readonly Dictionary<string, Running> running = [];

    /// <summary>How many watch this Node now.</summary>
    public int ViewersOf(string nodeId)
    {
        lock (gate) return running.GetValueOrDefault(nodeId)?.Viewers ?? 0;
    }

    /// <summary>
    /// What happens on a Node's screen: the newest picture first, then what changed since the last update that was read. An update that is not
    /// read in time is replaced by the next one, never queued. The caller has checked that its user may see the screen; the Node's scope is checked here.
    /// </summary>
    public async IAsyncEnumerable<LiveUpdate> SubscribeAsync(string nodeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = Enter(nodeId);
        try
        {
            long version = 0;
            LiveStatus? status = null;
            while (true)
            {
                var update = await view.View.NextAsync(version, status, cancellationToken);
                (version, status) = (update.Version, update.Status ?? status);
                yield return update;
            }
        }
        finally
        {
            Leave(nodeId, view);
        }
    }

    /// <summary>The Node has connected for a view.</summary>
    /// <returns>Null when nobody watches, or it is another view by now.</returns>
    public LiveView? Attach(string nodeId, string viewId)
    {
        lock (gate)
        {
            if (running.GetValueOrDefault(nodeId) is not { } view || view.Id != viewId || view.Streams) return null;
            view.Streams = true;
            return view.View;
        }
    }

    /// <summary>The Node's frames have ended.</summary>
    public void Detach(string nodeId, string viewId)
    {
        lock (gate)
            if (running.GetValueOrDefault(nodeId) is { } view && view.Id == viewId) (view.Streams, view.AskedOn) = (false, null);
    }

    /// <summary>Why the Node's screen may not be shown now; null when it may.</summary>
    public LiveStatus? Forbidden(string nodeId)
    {
        if (directory.Find(nodeId) is not { } node) return new LiveStatus(LiveStates.Offline, "There is no such node.");
        return Scopes.Grants(node.Scopes.ToHashSet(), Scopes.ScreenCapture)
            ? null
            : new LiveStatus(LiveStates.Denied, $"A live view needs the scope {Scopes.ScreenCapture}, which {node.DisplayName} does not have.");
    }

    Running Enter(string nodeId)
    {
        lock (gate)
        {
            if (!running.TryGetValue(nodeId, out var view))
            {
                running[nodeId] = view = new Running(Guid.NewGuid().ToString("N"), new LiveView(nodeId, time));
                _ = RunAsync(view);
            }

            view.Viewers++;
            return view;
        }
    }

    void Leave(string nodeId, Running view)
    {
        lock (gate)
            if (--view.Viewers > 0) return;
        _ = EndSoonAsync(nodeId, view);
    }

    async Task EndSoonAsync(string nodeId, Running view)
    {
        await Task.Delay(Linger, time);
        lock (gate)
        {
            if (view.Viewers > 0 || running.GetValueOrDefault(nodeId) != view) return;
            running.Remove(nodeId);
        }

        await view.Ending.CancelAsync();
        connections.Find(nodeId)?.StopLiveView(view.Id);
        logger.LogInformation("The live view of {NodeId} ended", nodeId);
    }

    // Keeps the Node streaming while somebody watches, whatever becomes of its connection and its scopes.
    async Task RunAsync(Running view)
    {
        var nodeId = view.View.NodeId;
        logger.LogInformation("The live view of {NodeId} began", nodeId);
        while (!view.Ending.IsCancellationRequested)
        {
            if (Reason(view) is { } reason) view.View.Tell(reason);
            await Task.Delay(LookInterval, time);
        }
    }

    LiveStatus? Reason(Running view)
    {
        var nodeId = view.View.NodeId;
        if (Forbidden(nodeId) is { } forbidden) return forbidden;
        if (connections.Find(nodeId) is not { IsAlive: true } connection) return new LiveStatus(LiveStates.Offline, "The Node is offline; the view begins when it is back.");
        if (connection.Heartbeat is { } heartbeat && heartbeat.Capabilities?.Contains(Capabilities.LiveView) != true)
            return new LiveStatus(LiveStates.Unsupported, $"The Node's version ({heartbeat.Version}) has no live view; update it.");
        lock (gate)
        {
            // Asked once per connection; again when nothing came of it.
            if (view.Streams || (view.AskedOn == connection && time.GetElapsedTime(view.AskedAt) < TimeSpan.FromSeconds(10))) return null;
            (view.AskedOn, view.AskedAt) = (connection, time.GetTimestamp());
        }

        connection.StartLiveView(view.Id);
        return view.View.Status.State is LiveStates.Running or LiveStates.Starting ? null : new LiveStatus(LiveStates.Starting);
    }
}
