using Sophon.Gateway.Nodes;

namespace Sophon.Gateway.Changes;

/// <summary>Publishes what changes by nothing but time: a pairing secret that runs out, a Node that has fallen silent.</summary>
sealed class PassingTime(ChangeFeed feed, NodeDirectory directory, NodeViews views, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    Dictionary<string, NodeState> seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException)
        {
            // The Gateway stops.
        }
    }

    void Look()
    {
        // Who opens a page reads the states as they are; only from then on a change has to be told.
        if (!feed.IsFollowed) return;
        var now = new Dictionary<string, NodeState>(seen.Count);
        foreach (var node in directory.All)
        {
            var state = now[node.Id] = views.StateOf(node);
            if (seen.TryGetValue(node.Id, out var before) && before != state) feed.Publish(Topic.Nodes, node.Id);
        }

        seen = now;
    }
}
