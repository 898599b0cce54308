using System.Collections.Concurrent;
using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>A Gateway in memory: makes hubs, records what the Node sends, and says what the Gateway would say.</summary>
sealed class FakeGateway : IGatewayHubFactory
{
    public ConcurrentQueue<Hub> Hubs { get; } = new();

    public ConcurrentQueue<FakeLiveChannel> LiveChannels { get; } = new();

    public ConcurrentQueue<CommandResult> Results { get; } = new();

    public ConcurrentQueue<Heartbeat> Heartbeats { get; } = new();

    public ConcurrentQueue<CommandOutput> Outputs { get; } = new();

    public ConcurrentQueue<CommandAwaitingConsent> Waiting { get; } = new();

    /// <summary>What the next starts do; the last one stays.</summary>
    public Func<CancellationToken, Task> OnStart { get; set; } = _ => Task.CompletedTask;

    public Func<CommandResult, Task<bool>> OnResult { get; set; } = _ => Task.FromResult(true);

    public Func<Task> OnHeartbeat { get; set; } = () => Task.CompletedTask;

    /// <summary>Scopes sent after each start; null sends none.</summary>
    public IReadOnlyList<string>? Scopes { get; set; } = ["node.command"];

    public TimeSpan? ClockDifference { get; set; }

    public Hub Current => Hubs.Last();

    public IGatewayHub Create(NodeIdentity identity, IGatewayHubListener listener)
    {
        var hub = new Hub(this, identity, listener);
        Hubs.Enqueue(hub);
        return hub;
    }

    /// <summary>Sends a command and returns its id.</summary>
    public string Execute(string type, object? parameters = null, int timeoutSeconds = 30, string? id = null)
    {
        id ??= Guid.NewGuid().ToString("N");
        Current.Listener.OnExecuteCommand(JsonSerializer.SerializeToElement(
            new { commandId = id, type, parameters = parameters ?? new { }, timeoutSeconds, issuedAt = DateTimeOffset.UtcNow }));
        return id;
    }

    /// <summary>Everything that the Node has said so far.</summary>
    public void Forget()
    {
        Results.Clear();
        Heartbeats.Clear();
        Outputs.Clear();
        Waiting.Clear();
    }

    public CommandResult? ResultOf(string id) => Results.FirstOrDefault(result => result.CommandId == id);

    public int AnswersTo(string id) => Results.Count(result => result.CommandId == id);

    public IEnumerable<CommandStatus> StatusesOf(IEnumerable<string> ids) => ids.Select(id => ResultOf(id)!.Status);

    public sealed class Hub(FakeGateway gateway, NodeIdentity identity, IGatewayHubListener listener) : IGatewayHub
    {
        public NodeIdentity Identity => identity;

        public IGatewayHubListener Listener => listener;

        public TimeSpan? ClockDifference => gateway.ClockDifference;

        public bool Disposed { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await gateway.OnStart(cancellationToken);
            if (gateway.Scopes is { } scopes) listener.OnUpdateScopes(new UpdateScopes(scopes));
        }

        public async Task SendHeartbeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken)
        {
            gateway.Heartbeats.Enqueue(heartbeat);
            await gateway.OnHeartbeat();
        }

        public Task<bool> SendResultAsync(CommandResult result, CancellationToken cancellationToken)
        {
            gateway.Results.Enqueue(result);
            return gateway.OnResult(result);
        }

        public Task SendOutputAsync(CommandOutput output, CancellationToken cancellationToken)
        {
            gateway.Outputs.Enqueue(output);
            return Task.CompletedTask;
        }

        public Task SendAwaitingConsentAsync(CommandAwaitingConsent waiting, CancellationToken cancellationToken)
        {
            gateway.Waiting.Enqueue(waiting);
            return Task.CompletedTask;
        }

        public Task<ILiveChannel> OpenLiveAsync(string viewId, CancellationToken cancellationToken)
        {
            var channel = new FakeLiveChannel(viewId);
            gateway.LiveChannels.Enqueue(channel);
            return Task.FromResult<ILiveChannel>(channel);
        }

        public void Drop(string why = "cut") => listener.OnClosed(new IOException(why));

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
